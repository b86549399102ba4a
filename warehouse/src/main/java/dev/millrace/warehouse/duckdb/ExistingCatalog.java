package dev.millrace.warehouse.duckdb;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.shadow.Existing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/** Lists what DuckDB files hold, without holding them open. */
final class ExistingCatalog {
    private static final String COLUMNS = "select database_name, schema_name, table_name, column_name, data_type"
            + " from duckdb_columns() where not internal order by 1, 2, 3, column_index";
    private static final String MADE = "select function_name from duckdb_functions() where not internal"
            + " union all select type_name from duckdb_types() where not internal";
    private static final String ALIAS = "__millrace_existing_";

    private final String warehouse;
    private final Map<String, List<Column>> tables = new HashMap<>();
    private final Set<String> functions = new HashSet<>();

    private ExistingCatalog(String warehouse) {
        this.warehouse = warehouse;
    }

    static Existing of(DuckDbSettings settings, Optional<Session> open, DuckDBConnection shadow) {
        ExistingCatalog catalog = new ExistingCatalog(settings.identity());
        try {
            if (open.isPresent()) {
                catalog.read(open.get());
                return catalog.found(true);
            }
            return catalog.found(catalog.attachAll(settings, shadow));
        } catch (SQLException | MillraceException e) {
            // Somebody else has it open, or it needs what this process has not: then nothing is known of it.
            return catalog.found(false);
        }
    }

    private Existing found(boolean known) {
        return new Existing(known, tables, functions);
    }

    private void read(Session session) {
        session.forEachRow(
                COLUMNS,
                row -> add(
                        String.valueOf(row[0]),
                        String.valueOf(row[1]),
                        String.valueOf(row[2]),
                        String.valueOf(row[3]),
                        String.valueOf(row[4])));
        session.forEachRow(MADE, row -> functions.add(String.valueOf(row[0]).toLowerCase(Locale.ROOT)));
    }

    /** @return whether all of them could be read */
    private boolean attachAll(DuckDbSettings settings, DuckDBConnection shadow) throws SQLException {
        Map<String, String> names = new HashMap<>();
        boolean all = true;
        try (Statement statement = shadow.createStatement()) {
            settings.file().ifPresent(file -> names.put(file.toString(), DuckDbSettings.catalog(file)));
            for (DuckDbSettings.Attachment attachment : settings.attachments()) {
                boolean plain =
                        attachment.type().map("duckdb"::equalsIgnoreCase).orElse(true);
                all &= plain;
                if (plain) {
                    names.put(
                            attachment.path(),
                            attachment.alias().orElseGet(() -> DuckDbSettings.catalog(Path.of(attachment.path()))));
                }
            }
            int number = 0;
            for (Map.Entry<String, String> one : names.entrySet()) {
                if (Files.isRegularFile(Path.of(one.getKey()))) {
                    attach(statement, one.getKey(), ALIAS + number++, one.getValue());
                } else {
                    all &= !one.getKey().contains(":");
                }
            }
        }
        return all;
    }

    private void attach(Statement statement, String file, String alias, String name) throws SQLException {
        statement.execute("attach " + DuckDbDialect.INSTANCE.literal(file) + " as " + alias + " (read_only)");
        try {
            try (ResultSet rows = statement.executeQuery(COLUMNS)) {
                while (rows.next()) {
                    if (rows.getString(1).equals(alias)) {
                        add(name, rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(MADE)) {
                while (rows.next()) {
                    functions.add(rows.getString(1).toLowerCase(Locale.ROOT));
                }
            }
        } finally {
            statement.execute("detach " + alias);
        }
    }

    private void add(String database, String schema, String table, String column, String type) {
        tables.computeIfAbsent(new RelationName(warehouse, database, schema, table).key(), key -> new ArrayList<>())
                .add(new Column(column, type, true));
    }
}
