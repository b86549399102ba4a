package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.ListOf;
import dev.millrace.warehouse.DataType.Simple;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** The warehouse's types for those of Debezium's schemas, as docs/cdc.md lists them. */
final class ColumnType {
    private static final int MAX_DIGITS = 38;

    /** For a number without a precision. */
    private static final Decimal UNCONSTRAINED = new Decimal(MAX_DIGITS, 10);

    private ColumnType() {}

    static DataType of(Schema schema) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> Simple.DATE;
            case "io.debezium.time.Time",
                    "io.debezium.time.MicroTime",
                    "io.debezium.time.NanoTime",
                    "org.apache.kafka.connect.data.Time" -> Simple.TIME;
            case "io.debezium.time.Timestamp",
                    "io.debezium.time.MicroTimestamp",
                    "io.debezium.time.NanoTimestamp",
                    "org.apache.kafka.connect.data.Timestamp" -> Simple.TIMESTAMP;
            case "io.debezium.time.ZonedTimestamp" -> Simple.TIMESTAMPTZ;
            case "io.debezium.data.Json" -> Simple.JSON;
            case "io.debezium.data.Uuid" -> Simple.UUID;
            case "io.debezium.data.VariableScaleDecimal" -> UNCONSTRAINED;
            case "io.debezium.data.Bits" -> Simple.TEXT;
            case Texts.NAME -> new ListOf(Texts.element(schema.parameters()));
            case "org.apache.kafka.connect.data.Decimal" -> decimal(schema.parameters());
            default -> plain(schema);
        };
    }

    private static DataType plain(Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> Simple.BOOL;
            case INT8, INT16, INT32, INT64 -> Simple.INT64;
            case FLOAT32, FLOAT64 -> Simple.FLOAT64;
            case STRING -> Simple.TEXT;
            case BYTES -> Simple.BYTES;
            case ARRAY -> list(of(schema.valueSchema()));
            case MAP, STRUCT -> Simple.JSON;
        };
    }

    /** A list travels as JSON, which has no bytes. */
    private static DataType list(DataType element) {
        return new ListOf(element == Simple.BYTES ? Simple.TEXT : element);
    }

    private static Decimal decimal(Map<String, String> parameters) {
        int scale = Integer.parseInt(parameters.getOrDefault("scale", "0"));
        String precision = parameters.get("connect.decimal.precision");
        if (precision == null) {
            if ("BIGINT UNSIGNED".equals(parameters.get("__debezium.source.column.type"))) {
                return new Decimal(20, scale);
            }
            boolean money = "MONEY".equals(parameters.get("__debezium.source.column.type"));
            return money ? new Decimal(19, scale) : new Decimal(MAX_DIGITS, Math.max(0, scale));
        }
        // PostgreSQL allows negative scales, and scales beyond the precision.
        int digits = Math.max(Integer.parseInt(precision) - Math.min(0, scale), scale);
        return new Decimal(Math.min(digits, MAX_DIGITS), Math.min(Math.max(scale, 0), MAX_DIGITS));
    }
}
