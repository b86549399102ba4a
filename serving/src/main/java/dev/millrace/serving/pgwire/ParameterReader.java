package dev.millrace.serving.pgwire;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a bound value into what DuckDB's driver binds: a text in most cases, which the query casts. Stateless. */
final class ParameterReader {
    private static final Pattern OFFSET =
            Pattern.compile("([T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)\\s*(?:Z|[+-]\\d\\d(?::?\\d\\d){0,2})$");
    private static final Pattern ITEM =
            Pattern.compile("\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,{}\"]*))\\s*(?:,|$)", Pattern.DOTALL);

    private ParameterReader() {}

    static @Nullable Object read(int oid, boolean binary, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        PgType element = PgType.withArray(oid);
        if (element != null) {
            return list(binary ? binaryItems(bytes) : textItems(new String(bytes, StandardCharsets.UTF_8)));
        }
        PgType type = PgType.withOid(oid);
        if (binary) {
            return binary(type == null ? PgType.TEXT : type, bytes);
        }
        return text(type, new String(bytes, StandardCharsets.UTF_8));
    }

    private static Object text(@Nullable PgType type, String text) {
        if (PgType.NUMERIC.equals(type)) {
            return number(text);
        }
        if (PgType.BYTEA.equals(type) && text.startsWith("\\x")) {
            return HexFormat.of().parseHex(text.substring(2));
        }
        if (PgType.DATE.equals(type)) {
            // Drivers send the offset of their zone, and PostgreSQL does not look at it.
            return text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) : text;
        }
        if (PgType.TIMESTAMP.equals(type)) {
            Matcher offset = OFFSET.matcher(text);
            return offset.find() ? text.substring(0, offset.end(1)) : text;
        }
        return text;
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new SqlError("22P02", "'" + text + "' is no number");
        }
    }

    private static Object binary(PgType type, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (type.length() > 0 && bytes.length != type.length()) {
            throw new SqlError("22P03", bytes.length + " bytes for a value of " + type.length());
        }
        return switch (type.oid()) {
            case 16 -> buffer.get() == 0 ? "false" : "true";
            case 17 -> bytes;
            case 20 -> Long.toString(buffer.getLong());
            case 21 -> Short.toString(buffer.getShort());
            case 23 -> Integer.toString(buffer.getInt());
            case 700 -> Float.toString(buffer.getFloat());
            case 701 -> Double.toString(buffer.getDouble());
            case 1082 -> Times.text(Times.date(buffer.getInt()));
            case 1083 -> Times.text(Times.time(buffer.getLong()));
            case 1114 -> Times.text(Times.timestamp(buffer.getLong()));
            case 1184 -> Times.text(Times.timestamp(buffer.getLong())) + "+00";
            case 1700 -> Numeric.read(new Fields(buffer));
            case 2950 -> new UUID(buffer.getLong(), buffer.getLong()).toString();
            default -> new String(bytes, StandardCharsets.UTF_8);
        };
    }

    private static List<@Nullable Object> binaryItems(byte[] bytes) {
        Fields fields = new Fields(ByteBuffer.wrap(bytes));
        int dimensions = fields.int32();
        fields.int32();
        int oid = fields.int32();
        List<@Nullable Object> items = new ArrayList<>();
        if (dimensions > 1) {
            throw new SqlError("0A000", "arrays of several dimensions are not supported");
        }
        if (dimensions == 1) {
            int size = fields.int32();
            fields.int32();
            for (int i = 0; i < size; i++) {
                items.add(read(oid, true, fields.value()));
            }
        }
        return items;
    }

    private static List<@Nullable Object> textItems(String text) {
        List<@Nullable Object> items = new ArrayList<>();
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new SqlError("22P02", "'" + text + "' is no array");
        }
        String inner = text.substring(1, text.length() - 1);
        Matcher item = ITEM.matcher(inner);
        int at = 0;
        while (at < inner.length() && item.find(at) && item.start() == at && item.end() > at) {
            String quoted = item.group(1);
            String plain = item.group(2);
            if (quoted != null) {
                items.add(quoted.replaceAll("\\\\(.)", "$1"));
            } else {
                items.add("null".equalsIgnoreCase(plain) ? null : plain);
            }
            at = item.end();
        }
        return items;
    }

    /** A list as DuckDB casts it from text. */
    private static String list(List<@Nullable Object> items) {
        StringBuilder text = new StringBuilder("[");
        for (@Nullable Object item : items) {
            text.append(text.length() > 1 ? "," : "");
            if (item == null) {
                text.append("NULL");
            } else {
                String escaped = item.toString().replace("\\", "\\\\").replace("\"", "\\\"");
                text.append('"').append(escaped).append('"');
            }
        }
        return text.append(']').toString();
    }
}
