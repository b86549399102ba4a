package dev.millrace.activate.internal.postgres;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks up tables in the server's catalog. */
final class TargetCatalog {
    private static final int TYPMOD_HEADER = 4;
    private static final int SCALE_MASK = 0x7FF;

    private static final String COLUMNS = """
            select a.attname, format_type(a.atttypid, -1), a.atttypid = 'numeric'::regtype and a.atttypmod >= 0,
                   a.atttypmod, a.attgenerated <> '' or a.attidentity = 'a'
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'f', 'v')
              and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    private static final String UNIQUES = """
            select i.indexrelid, a.attname
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
              cross join lateral unnest(i.indkey[0:i.indnkeyatts - 1]) as k (attnum)
              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
            where n.nspname = ? and c.relname = ? and i.indisunique and i.indisvalid and i.indimmediate
              and i.indpred is null and not 0 = any (i.indkey[0:i.indnkeyatts - 1])
            order by not i.indisprimary, i.indexrelid
            """;

    private final Connection connection;
    private final String usualSchema;

    TargetCatalog(Connection connection, String usualSchema) {
        this.connection = connection;
        this.usualSchema = usualSchema;
    }

    /** The table of a sync, which fits it. */
    TargetTable table(Sync sync) throws SQLException {
        String object = sync.destination().object();
        int dot = object.indexOf('.');
        String schema = dot < 0 ? usualSchema : object.substring(0, dot);
        String name = object.substring(dot + 1);
        List<TargetColumn> columns = columns(schema, name);
        if (columns.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.STREAM_NOT_FOUND,
                    "'" + sync.destination().name() + "' has no table '" + schema + "." + name + "'",
                    sync.destination().objectPosition(),
                    Suggestion.hint(name, tables(schema)),
                    null);
        }
        return TargetTable.check(sync, schema, name, columns, uniques(schema, name));
    }

    private List<TargetColumn> columns(String schema, String name) throws SQLException {
        List<TargetColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = prepared(COLUMNS, schema, name);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                int scale = rows.getBoolean(3) ? (rows.getInt(4) - TYPMOD_HEADER) & SCALE_MASK : -1;
                columns.add(new TargetColumn(rows.getString(1), rows.getString(2), scale, rows.getBoolean(5)));
            }
        }
        return columns;
    }

    private List<Set<String>> uniques(String schema, String name) throws SQLException {
        List<Set<String>> uniques = new ArrayList<>();
        try (PreparedStatement statement = prepared(UNIQUES, schema, name);
                ResultSet rows = statement.executeQuery()) {
            long last = 0;
            while (rows.next()) {
                if (rows.getLong(1) != last) {
                    last = rows.getLong(1);
                    uniques.add(new TreeSet<>());
                }
                uniques.get(uniques.size() - 1).add(rows.getString(2));
            }
        }
        return uniques;
    }

    private List<String> tables(String schema) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where n.nspname = ? and c.relkind in ('r', 'p', 'f', 'v') order by 1")) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private PreparedStatement prepared(String sql, String schema, String name) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, schema);
        statement.setString(2, name);
        return statement;
    }
}
