package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.ColumnChanges.Origin;
import dev.millrace.cdc.internal.config.DatabaseKind;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the catalogue of MySQL or MariaDB says of a table's columns. */
final class BinlogColumns {
    private static final Set<String> NUMBERS =
            Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double");
    private static final Set<String> BITS = Set.of("bit", "binary", "varbinary");
    private static final Set<String> TEXTS = Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext");

    private BinlogColumns() {}

    static List<DataType.Field> of(Connection connection, TableId table) throws SQLException {
        List<DataType.Field> fields = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("select column_name, data_type, column_type,"
                + " numeric_precision, numeric_scale from information_schema.columns"
                + " where table_schema = ? and table_name = ? order by ordinal_position")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    DataType type = type(
                            rows.getString(2).toLowerCase(Locale.ROOT),
                            rows.getString(3).toLowerCase(Locale.ROOT),
                            rows.getInt(4),
                            rows.getInt(5));
                    fields.add(new DataType.Field(rows.getString(1), type));
                }
            }
        }
        return fields;
    }

    private static DataType type(String name, String full, int precision, int scale) {
        return switch (name) {
            case "tinyint", "smallint", "mediumint", "int", "year" -> Simple.INT64;
            case "bigint" -> full.contains("unsigned") ? new Decimal(20, 0) : Simple.INT64;
            case "decimal" -> new Decimal(Math.min(precision, 38), Math.min(scale, 38));
            case "float", "double" -> Simple.FLOAT64;
            case "bit" -> full.equals("bit(1)") ? Simple.BOOL : Simple.TEXT;
            case "date" -> Simple.DATE;
            case "time" -> Simple.TIME;
            case "datetime" -> Simple.TIMESTAMP;
            case "timestamp" -> Simple.TIMESTAMPTZ;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> Simple.BYTES;
            case "json" -> Simple.JSON;
            case "geometry",
                    "geomcollection",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" -> Simple.JSON;
            default -> Simple.TEXT;
        };
    }

    /** See {@link dev.millrace.cdc.internal.apply.ColumnChanges}. */
    static Origin origin(Connection connection, DatabaseKind kind, TableId table, String column, List<String> gone)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select column_default, is_nullable, extra,"
                + " data_type from information_schema.columns"
                + " where table_schema = ? and table_name = ? and column_name = ?")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            statement.setString(3, column);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    // It has gone again in the meantime: nobody can miss its values.
                    return Origin.NULL;
                }
                if (!gone.isEmpty()) {
                    throw changed(
                            table,
                            column,
                            "came when " + String.join(", ", gone) + " went; whether it was renamed is not known");
                }
                String extra = row.getString(3).toLowerCase(Locale.ROOT);
                if (extra.contains("auto_increment") || extra.contains("generated")) {
                    throw changed(table, column, "was added with values that the server computes for each row");
                }
                String value = row.getString(1);
                boolean nullable = row.getString(2).equals("YES");
                String type = row.getString(4).toLowerCase(Locale.ROOT);
                if (value == null) {
                    return implicit(table, column, nullable, type);
                }
                return kind == DatabaseKind.MYSQL ? plain(table, column, type, value) : explicit(table, column, value);
            }
        }
    }

    private static Origin implicit(TableId table, String column, boolean nullable, String type) {
        if (nullable) {
            return Origin.NULL;
        }
        if (NUMBERS.contains(type)) {
            return new Origin(Optional.of("0"), Optional.empty());
        }
        if (TEXTS.contains(type)) {
            return new Origin(Optional.of(""), Optional.empty());
        }
        throw changed(table, column, "was added without a default");
    }

    /** MySQL tells a default as it is, without quotes. */
    private static Origin plain(TableId table, String column, String type, String value) {
        if (BITS.contains(type)) {
            throw changed(table, column, "was added with a default of bits");
        }
        return new Origin(Optional.of(value), Optional.empty());
    }

    private static Origin explicit(TableId table, String column, String value) {
        if (value.equalsIgnoreCase("null")) {
            return Origin.NULL;
        }
        if (value.startsWith("'") && value.endsWith("'") && value.length() > 1 && !value.contains("\\")) {
            String text = value.substring(1, value.length() - 1).replace("''", "'");
            return new Origin(Optional.of(text), Optional.empty());
        }
        if (value.matches("-?[0-9.]+(e[+-]?[0-9]+)?")) {
            return new Origin(Optional.of(value), Optional.empty());
        }
        throw changed(table, column, "was added with a default that the server computes for each row");
    }

    private static MillraceException changed(TableId table, String column, String how) {
        return new MillraceException(
                ErrorCode.SCHEMA_CHANGED,
                "column " + column + " of " + table + " " + how + ", so the values of older rows are not known",
                null,
                "Run with --full-refresh to take the tables anew.",
                null);
    }
}
