package dev.millrace.cdc.internal.apply;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Debezium puts in the place of a value that the log does not hold because it has not changed (TOAST). */
final class Placeholder {
    private static final String TEXT = "__debezium_unavailable_value";
    private static final String MAP = "{\"" + TEXT + "\":\"" + TEXT + "\"}";
    private static final ByteBuffer BYTES = ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8));
    private static final String UUID_TEXT =
            UUID.nameUUIDFromBytes(TEXT.getBytes(StandardCharsets.UTF_8)).toString();
    private static final List<Long> CODES = codes();

    private Placeholder() {}

    static boolean is(@Nullable Object value) {
        if (value instanceof String text) {
            return isText(text);
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.equals(BYTES);
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).equals(BYTES);
        }
        return value instanceof List<?> list && isList(list);
    }

    private static boolean isText(String text) {
        return text.equals(TEXT) || text.equals(MAP);
    }

    private static boolean isList(List<?> list) {
        if (list.size() == 1) {
            Object only = list.get(0);
            return UUID_TEXT.equals(only) || (!(only instanceof List) && is(only));
        }
        if (list.size() != CODES.size()) {
            return false;
        }
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Number number) || number.longValue() != CODES.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> codes() {
        List<Long> codes = new ArrayList<>();
        for (byte one : BYTES.array()) {
            codes.add((long) one);
        }
        return List.copyOf(codes);
    }
}
