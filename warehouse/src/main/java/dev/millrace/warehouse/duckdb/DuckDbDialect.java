package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import java.util.stream.Collectors;

/** DuckDB's SQL. The mapping of types is in docs/warehouse-duckdb.md. */
final class DuckDbDialect implements Dialect {
    static final DuckDbDialect INSTANCE = new DuckDbDialect();

    private DuckDbDialect() {}

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String typeName(DataType type) {
        if (type instanceof DataType.Simple simple) {
            return switch (simple) {
                case BOOL -> "BOOLEAN";
                case INT64 -> "BIGINT";
                case FLOAT64 -> "DOUBLE";
                case TEXT -> "VARCHAR";
                case BYTES -> "BLOB";
                case DATE -> "DATE";
                case TIME -> "TIME";
                case TIMESTAMP -> "TIMESTAMP";
                case TIMESTAMPTZ -> "TIMESTAMP WITH TIME ZONE";
                case JSON -> "JSON";
                case UUID -> "UUID";
            };
        }
        if (type instanceof DataType.Decimal decimal) {
            return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof DataType.ListOf list) {
            return typeName(list.element()) + "[]";
        }
        DataType.Struct struct = (DataType.Struct) type;
        return struct.fields().stream()
                .map(field -> quote(field.name()) + " " + typeName(field.type()))
                .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }

    @Override
    public DataType dataType(String typeName) {
        return TypeParser.parse(typeName);
    }
}
