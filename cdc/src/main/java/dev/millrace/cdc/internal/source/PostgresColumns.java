package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.ColumnChanges.Origin;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.ListOf;
import dev.millrace.warehouse.DataType.Simple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's catalogue says of a table's columns. */
final class PostgresColumns {
    private static final String COLUMNS = """
            select a.attname, t.typname, t.typtype, coalesce(e.typname, ''), a.atttypmod
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
            where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped order by a.attnum""";

    private static final String ADDED = """
            select a.attmissingval::text, format_type(a.atttypid, a.atttypmod), a.atthasmissing,
              coalesce(pg_get_expr(d.adbin, d.adrelid), ''), a.attidentity::text, a.attgenerated::text,
              (select count(*) from pg_attribute o where o.attrelid = a.attrelid and o.attisdropped),
              a.attnum < later.last,
              exists (select 1 from pg_attribute o where o.attrelid = a.attrelid and o.attisdropped
                and o.attnum > later.last and o.attnum < a.attnum)
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            cross join lateral (select coalesce(max(o.attnum), 0) as last from pg_attribute o
              where o.attrelid = a.attrelid and o.attname = any(?)) as later
            where n.nspname = ? and c.relname = ? and a.attname = ? and not a.attisdropped""";

    private PostgresColumns() {}

    static List<DataType.Field> of(Connection connection, TableId table) throws SQLException {
        List<DataType.Field> fields = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String element = rows.getString(4);
                    int modifier = rows.getInt(5);
                    DataType type = element.isEmpty()
                            ? type(rows.getString(2), modifier)
                            : new ListOf(element(element, numeric(modifier)));
                    fields.add(new DataType.Field(rows.getString(1), type));
                }
            }
        }
        return fields;
    }

    private static DataType type(String name, int modifier) {
        return switch (name) {
            case "bool" -> Simple.BOOL;
            case "bit" -> modifier == 1 ? Simple.BOOL : Simple.TEXT;
            case "int2", "int4", "int8", "oid" -> Simple.INT64;
            case "float4", "float8" -> Simple.FLOAT64;
            case "money" -> new Decimal(19, 2);
            case "numeric" -> numeric(modifier);
            case "bytea" -> Simple.BYTES;
            case "date" -> Simple.DATE;
            case "time" -> Simple.TIME;
            case "timestamp" -> Simple.TIMESTAMP;
            case "timestamptz" -> Simple.TIMESTAMPTZ;
            case "uuid" -> Simple.UUID;
            case "json", "jsonb", "hstore", "point" -> Simple.JSON;
            default -> Simple.TEXT;
        };
    }

    private static Decimal numeric(int modifier) {
        if (modifier < 0) {
            return new Decimal(38, 10);
        }
        int packed = modifier - 4;
        int precision = (packed >> 16) & 0xFFFF;
        // The scale is an 11-bit signed number.
        int scale = ((packed & 0x7FF) ^ 1024) - 1024;
        return decimal(precision, scale);
    }

    /** @param precision 0, or more than PostgreSQL has, if none is declared */
    static Decimal decimal(int precision, int scale) {
        if (precision <= 0 || precision > 1000) {
            return new Decimal(38, 10);
        }
        int digits = Math.max(precision - Math.min(0, scale), scale);
        return new Decimal(Math.min(digits, 38), Math.min(Math.max(scale, 0), 38));
    }

    /**
     * The type of an array's elements.
     *
     * @param decimal that of numbers
     */
    static DataType element(String name, @Nullable Decimal decimal) {
        return switch (name) {
            case "numeric" -> decimal == null ? new Decimal(38, 10) : decimal;
            // Their texts are not those of the warehouse's types.
            case "bytea", "bit", "money", "hstore", "point" -> Simple.TEXT;
            default -> type(name, -1);
        };
    }

    /** See {@link dev.millrace.cdc.internal.apply.ColumnChanges}. */
    static Origin origin(Connection connection, TableId table, String column, List<String> gone, List<String> stayed)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADDED)) {
            statement.setArray(1, connection.createArrayOf("text", stayed.toArray()));
            statement.setString(2, table.schema());
            statement.setString(3, table.table());
            statement.setString(4, column);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    // It has gone again in the meantime: nobody can miss its values.
                    return Origin.NULL;
                }
                if (row.getBoolean(3)) {
                    return new Origin(first(connection, row.getString(1), row.getString(2)), Optional.empty());
                }
                String computed = row.getString(4) + row.getString(5) + row.getString(6);
                if (!computed.isEmpty()) {
                    throw changed(table, column, "was added with a default that the server computes for each row");
                }
                if (gone.isEmpty()) {
                    return Origin.NULL;
                }
                boolean renamed = row.getLong(7) == 0 || row.getBoolean(8);
                boolean tookItsPlace = !renamed && row.getBoolean(9);
                return known(table, column, gone, renamed, tookItsPlace);
            }
        }
    }

    /**
     * Renaming keeps a column's number and drops none. A column that was added has the greatest number, and leaves
     * behind the number of a dropped one that stood last.
     */
    private static Origin known(
            TableId table, String column, List<String> gone, boolean renamed, boolean tookItsPlace) {
        if (tookItsPlace) {
            return Origin.NULL;
        }
        if (renamed && gone.size() == 1) {
            return new Origin(Optional.empty(), Optional.of(gone.get(0)));
        }
        throw changed(
                table, column, "came when " + String.join(", ", gone) + " went; whether it was renamed is not known");
    }

    private static MillraceException changed(TableId table, String column, String how) {
        return new MillraceException(
                ErrorCode.SCHEMA_CHANGED,
                "column " + column + " of " + table + " " + how + ", so the values of older rows are not known",
                null,
                "Run with --full-refresh to take the tables anew.",
                null);
    }

    private static Optional<String> first(Connection connection, String array, String type) throws SQLException {
        // An array of any element type reads its text form; the element's own text is what the warehouse casts.
        try (PreparedStatement statement = connection.prepareStatement("select ((?::text)::" + type + "[])[1]::text")) {
            statement.setString(1, array);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }
}
