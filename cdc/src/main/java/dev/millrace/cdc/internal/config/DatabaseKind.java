package dev.millrace.cdc.internal.config;

import java.util.Locale;
import java.util.Optional;

/** The kinds of databases that changes can be captured from. */
public enum DatabaseKind {
    POSTGRES("io.debezium.connector.postgresql.PostgresConnector", 5432),
    MYSQL("io.debezium.connector.mysql.MySqlConnector", 3306),
    MARIADB("io.debezium.connector.mariadb.MariaDbConnector", 3306);

    private final String connectorClass;
    private final int defaultPort;

    DatabaseKind(String connectorClass, int defaultPort) {
        this.connectorClass = connectorClass;
        this.defaultPort = defaultPort;
    }

    /** The kind a connector class reads; Kafka Connect also takes its simple name, with or without "Connector". */
    public static Optional<DatabaseKind> ofClass(String name) {
        for (DatabaseKind kind : values()) {
            String simple = kind.connectorClass.substring(kind.connectorClass.lastIndexOf('.') + 1);
            if (name.equals(kind.connectorClass) || name.equals(simple) || (name + "Connector").equals(simple)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether a source of this {@code type} in millrace.yml is such a database. */
    public boolean isSourceType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return switch (this) {
            case POSTGRES -> lower.equals("postgres") || lower.equals("postgresql") || lower.equals("pg");
            case MYSQL -> lower.equals("mysql");
            // MariaDB was long described as MySQL, and its sources still are.
            case MARIADB -> lower.equals("mariadb") || lower.equals("mysql");
        };
    }

    public String connectorClass() {
        return connectorClass;
    }

    public int defaultPort() {
        return defaultPort;
    }

    /** As people name it. */
    public String title() {
        return switch (this) {
            case POSTGRES -> "PostgreSQL";
            case MYSQL -> "MySQL";
            case MARIADB -> "MariaDB";
        };
    }
}
