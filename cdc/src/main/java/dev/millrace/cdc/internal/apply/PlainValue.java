package dev.millrace.cdc.internal.apply;

import io.debezium.data.VariableScaleDecimal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Values inside lists, maps and structs as JSON has them: numbers of any size and times are texts. */
final class PlainValue {
    private static final int MICROS = 1_000_000;
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private PlainValue() {}

    static @Nullable Object of(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case "io.debezium.time.Date" -> date(((Number) value).longValue());
            case "io.debezium.time.MicroTime" -> time(((Number) value).longValue());
            case "io.debezium.time.Timestamp" -> timestamp(Instants.microsOfMillis(((Number) value).longValue()));
            case "io.debezium.time.MicroTimestamp" -> timestamp(Instants.micros(((Number) value).longValue()));
            case "io.debezium.data.VariableScaleDecimal" ->
                decimal((Struct) value).toPlainString();
            default -> plain(schema, value);
        };
    }

    static BigDecimal decimal(Struct struct) {
        return VariableScaleDecimal.toLogical(struct).getDecimalValue().orElseThrow();
    }

    private static @Nullable Object plain(Schema schema, Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(of(schema.valueSchema(), item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> items = new LinkedHashMap<>();
            map.forEach((key, item) -> items.put(String.valueOf(key), of(schema.valueSchema(), item)));
            return items;
        }
        if (value instanceof Struct struct) {
            Map<String, @Nullable Object> items = new LinkedHashMap<>();
            for (Field field : schema.fields()) {
                items.put(field.name(), of(field.schema(), struct.get(field)));
            }
            return items;
        }
        return value;
    }

    private static String date(long days) {
        return LocalDate.ofEpochDay(Instants.day(days)).toString();
    }

    private static String time(long micros) {
        long seconds = micros / MICROS;
        return String.format("%02d:%02d:%02d.%06d", seconds / 3600, seconds / 60 % 60, seconds % 60, micros % MICROS);
    }

    private static String timestamp(long micros) {
        if (Instants.isInfinite(micros)) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        return TIMESTAMP.format(LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC));
    }
}
