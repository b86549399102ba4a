package dev.millrace.cdc.internal.config;

import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import java.util.Locale;
import java.util.Map;

/**
 * The database a connector reads, and the user it reads it as.
 *
 * @param system the name under {@code sources:} of millrace.yml, or else the host
 * @param database empty for MySQL and MariaDB, whose connectors read a whole server
 * @param parameters further settings of the connection, as Debezium names them without {@code database.}
 * @param position of what describes it
 */
public record Endpoint(
        String system,
        DatabaseKind kind,
        String host,
        int port,
        String database,
        String user,
        Secret password,
        Map<String, String> parameters,
        Position position) {
    public Endpoint {
        parameters = Map.copyOf(parameters);
    }

    /** What changes when another database is meant. Holds no secret. */
    public String identity() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + user + "@" + host + ":" + port + "/" + database;
    }

    /** The text without the password, should a message repeat it. */
    public String withoutSecrets(String text) {
        String secret = password.reveal();
        return secret.length() > 3 ? text.replace(secret, "****") : text;
    }

    @Override
    public String toString() {
        return identity();
    }
}
