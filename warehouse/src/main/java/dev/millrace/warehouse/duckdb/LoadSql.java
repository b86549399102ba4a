package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Load;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBColumnType;

/** The statements of a bulk load, and how each type is handed over in it. */
final class LoadSql {
    /** The most digits a decimal handed over as an unscaled BIGINT can have. */
    private static final int LONG_DIGITS = 18;

    /** The catalog of tables that end with their session. */
    private static final String TEMPORARY = "temp";

    private static final DuckDbDialect DIALECT = DuckDbDialect.INSTANCE;

    private LoadSql() {}

    static String createTable(Load load) {
        List<String> columns = new ArrayList<>();
        for (DataType.Field field : load.fields()) {
            columns.add(DIALECT.quote(field.name()) + " " + DIALECT.typeName(field.type()));
        }
        for (Load.Constant constant : load.constants()) {
            columns.add(DIALECT.quote(constant.name()) + " " + DIALECT.typeName(constant.type()));
        }
        String create = load.target().database().equals(TEMPORARY) ? "create temp table" : "create table";
        return create + " if not exists " + DIALECT.quote(load.target()) + " (" + String.join(", ", columns) + ")";
    }

    /** @param source a call of a table function whose columns are c0, c1 … */
    static String insert(Load load, String source) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (DataType.Field field : load.fields()) {
            values.add(value("c" + names.size(), field.type()));
            names.add(DIALECT.quote(field.name()));
        }
        for (Load.Constant constant : load.constants()) {
            names.add(DIALECT.quote(constant.name()));
            values.add("(" + constant.sql() + ")");
        }
        return "insert into " + DIALECT.quote(load.target()) + " (" + String.join(", ", names) + ") select "
                + String.join(", ", values) + " from " + source;
    }

    /** The type of vector a value is handed over in. */
    static DuckDBColumnType vector(DataType type) {
        if (type instanceof Simple simple) {
            return switch (simple) {
                case BOOL -> DuckDBColumnType.BOOLEAN;
                case INT64, TIME, TIMESTAMP, TIMESTAMPTZ -> DuckDBColumnType.BIGINT;
                case DATE -> DuckDBColumnType.INTEGER;
                case FLOAT64 -> DuckDBColumnType.DOUBLE;
                case TEXT, BYTES, JSON, UUID -> DuckDBColumnType.VARCHAR;
            };
        }
        return type instanceof DataType.Decimal decimal && decimal.precision() <= LONG_DIGITS
                ? DuckDBColumnType.BIGINT
                : DuckDBColumnType.VARCHAR;
    }

    private static String value(String column, DataType type) {
        if (type instanceof Simple simple) {
            return switch (simple) {
                case BOOL, INT64, FLOAT64, TEXT -> column;
                case BYTES -> "from_base64(" + column + ")";
                case DATE -> "make_date(" + column + ")";
                case TIME ->
                    "case when " + column + " = 86400000000 then time '24:00:00' else make_timestamp(" + column
                            + ")::time end";
                case TIMESTAMP -> instant(column, "make_timestamp", "timestamp");
                case TIMESTAMPTZ -> instant(column, "make_timestamptz", "timestamptz");
                case JSON -> column + "::json";
                case UUID -> column + "::uuid";
            };
        }
        if (type instanceof DataType.Decimal decimal) {
            return decimal(column, decimal);
        }
        return column + "::json::" + DIALECT.typeName(type);
    }

    private static String instant(String column, String make, String type) {
        return "case when " + column + " = " + Long.MAX_VALUE + " then 'infinity'::" + type + " when " + column + " = -"
                + Long.MAX_VALUE + " then '-infinity'::" + type + " else " + make + "(" + column + ") end";
    }

    private static String decimal(String column, DataType.Decimal type) {
        if (type.precision() > LONG_DIGITS) {
            return column + "::" + DIALECT.typeName(type);
        }
        String whole = column + "::decimal(" + type.precision() + ",0)";
        if (type.scale() == 0) {
            return whole;
        }
        String unit = "0." + "0".repeat(type.scale() - 1) + "1::decimal(" + type.scale() + "," + type.scale() + ")";
        return "(" + whole + " * " + unit + ")::" + DIALECT.typeName(type);
    }
}
