package dev.millrace.delta.internal;

import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.List;
import java.util.Locale;

/** DuckDB's types as Delta's, and the cast that makes Parquet files hold them so. */
final class DeltaTypes {
    private DeltaTypes() {}

    /** A column of a Delta table and the expression that fills it. */
    record Mapped(String name, io.delta.kernel.types.DataType type, String expression) {}

    static List<Mapped> map(Dialect dialect, List<Column> columns) {
        return columns.stream().map(column -> map(dialect, column)).toList();
    }

    static StructType schema(List<Mapped> columns) {
        StructType schema = new StructType();
        for (Mapped column : columns) {
            schema = schema.add(column.name(), column.type(), true);
        }
        return schema;
    }

    private static Mapped map(Dialect dialect, Column column) {
        String name = dialect.quote(column.name());
        String type = column.type().toUpperCase(Locale.ROOT);
        return switch (type) {
            case "TINYINT" -> new Mapped(column.name(), ByteType.BYTE, name);
            case "SMALLINT" -> new Mapped(column.name(), ShortType.SHORT, name);
            case "UTINYINT" -> new Mapped(column.name(), ShortType.SHORT, cast(name, "smallint"));
            case "INTEGER" -> new Mapped(column.name(), IntegerType.INTEGER, name);
            case "USMALLINT" -> new Mapped(column.name(), IntegerType.INTEGER, cast(name, "integer"));
            case "FLOAT" -> new Mapped(column.name(), FloatType.FLOAT, name);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                new Mapped(column.name(), TimestampType.TIMESTAMP, "timezone('UTC', " + cast(name, "timestamp") + ")");
            default -> {
                DataType read = dialect.dataType(column.type());
                yield new Mapped(column.name(), type(read), cast(name, sqlType(read)));
            }
        };
    }

    private static String cast(String name, String type) {
        return "cast(" + name + " as " + type + ")";
    }

    private static io.delta.kernel.types.DataType type(DataType type) {
        if (type instanceof DataType.Simple simple) {
            return switch (simple) {
                case BOOL -> BooleanType.BOOLEAN;
                case INT64 -> LongType.LONG;
                case FLOAT64 -> DoubleType.DOUBLE;
                case TEXT, JSON, UUID, TIME -> StringType.STRING;
                case BYTES -> BinaryType.BINARY;
                case DATE -> DateType.DATE;
                case TIMESTAMP, TIMESTAMPTZ -> TimestampType.TIMESTAMP;
            };
        }
        if (type instanceof DataType.Decimal decimal) {
            return new DecimalType(decimal.precision(), decimal.scale());
        }
        if (type instanceof DataType.ListOf list) {
            return new ArrayType(type(list.element()), true);
        }
        StructType struct = new StructType();
        for (DataType.Field field : ((DataType.Struct) type).fields()) {
            struct = struct.add(field.name(), type(field.type()), true);
        }
        return struct;
    }

    private static String sqlType(DataType type) {
        if (type instanceof DataType.Simple simple) {
            return switch (simple) {
                case BOOL -> "boolean";
                case INT64 -> "bigint";
                case FLOAT64 -> "double";
                case TEXT, JSON, UUID, TIME -> "varchar";
                case BYTES -> "blob";
                case DATE -> "date";
                case TIMESTAMP, TIMESTAMPTZ -> "timestamptz";
            };
        }
        if (type instanceof DataType.Decimal decimal) {
            return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        if (type instanceof DataType.ListOf list) {
            return sqlType(list.element()) + "[]";
        }
        List<String> fields = ((DataType.Struct) type)
                .fields().stream()
                        .map(field -> "\"" + field.name().replace("\"", "\"\"") + "\" " + sqlType(field.type()))
                        .toList();
        return "struct(" + String.join(", ", fields) + ")";
    }
}
