package dev.millrace.transform.internal.cache;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link CacheWriter} wrote, in the same order. Bytes that were not written by it bring a
 * {@link RuntimeException}. Not thread-safe, but {@link #at} gives readers for other threads.
 */
final class CacheReader {
    private final byte[] bytes;
    private final Texts texts;
    private final Map<String, List<Object>> shared = new HashMap<>();
    private int at;

    private CacheReader(byte[] bytes, Texts texts, int at) {
        this.bytes = bytes;
        this.texts = texts;
        this.at = at;
    }

    /** @param start where what {@link CacheWriter#toBytes} gave begins */
    static CacheReader of(byte[] bytes, int start) {
        Texts texts = new Texts(bytes);
        CacheReader reader = new CacheReader(bytes, texts, start);
        int count = reader.number();
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            starts[i + 1] = starts[i] + reader.number();
        }
        texts.are(starts, reader.at);
        reader.at += starts[count];
        int length = reader.number();
        if (length != bytes.length - reader.at) {
            throw new IllegalStateException("the cache is cut off");
        }
        return reader;
    }

    /** A reader of the same bytes from {@code position} on; it knows nothing of what was shared before. */
    CacheReader at(int position) {
        return new CacheReader(bytes, texts, position);
    }

    int position() {
        return at;
    }

    int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    long longNumber() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
    }

    boolean bool() {
        return bytes[at++] != 0;
    }

    @Nullable
    String textOrNull() {
        int index = number();
        return index == 0 ? null : texts.get(index - 1);
    }

    String text() {
        return texts.get(number() - 1);
    }

    <T> List<T> list(Supplier<T> reader) {
        int count = number();
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(reader.get());
        }
        return items;
    }

    List<String> texts() {
        return list(this::text);
    }

    @SuppressWarnings("unchecked") // A room holds what one reader gives.
    <T> T shared(String room, Supplier<T> reader) {
        int index = number();
        List<Object> known = shared.computeIfAbsent(room, name -> new ArrayList<>());
        if (index > 0) {
            return (T) known.get(index - 1);
        }
        T value = reader.get();
        known.add(value);
        return value;
    }

    /** Passes over what was written as skippable. @return where it begins */
    int skip() {
        int length = number();
        int start = at;
        at += length;
        return start;
    }

    Map<String, @Nullable Object> map() {
        int count = number();
        Map<String, @Nullable Object> values = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            String key = String.valueOf(value());
            values.put(key, value());
        }
        return values;
    }

    private Map<@Nullable Object, @Nullable Object> anyMap() {
        int count = number();
        Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            Object key = value();
            values.put(key, value());
        }
        return values;
    }

    @Nullable
    Object value() {
        int tag = bytes[at++];
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.TEXT -> text();
            case Tag.TRUE -> true;
            case Tag.FALSE -> false;
            case Tag.LONG -> longNumber();
            case Tag.INTEGER -> (int) longNumber();
            case Tag.DOUBLE -> Double.longBitsToDouble(longNumber());
            case Tag.LIST -> values();
            case Tag.MAP -> anyMap();
            case Tag.SET -> set();
            case Tag.BIG_INTEGER -> new BigInteger(text());
            case Tag.DATE -> LocalDate.parse(text());
            case Tag.DATE_TIME -> LocalDateTime.parse(text());
            case Tag.OFFSET_DATE_TIME -> OffsetDateTime.parse(text());
            default -> throw new IllegalStateException("no value begins with " + tag);
        };
    }

    private List<@Nullable Object> values() {
        int count = number();
        List<@Nullable Object> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(value());
        }
        return items;
    }

    private Set<@Nullable Object> set() {
        return new LinkedHashSet<>(values());
    }

    /** The texts, each made when it is first asked for. Thread-safe: a text made twice is the same text. */
    private static final class Texts {
        private final byte[] bytes;
        private int[] starts = new int[1];
        private @Nullable String[] made = new String[0];
        private int from;

        Texts(byte[] bytes) {
            this.bytes = bytes;
        }

        void are(int[] newStarts, int newFrom) {
            starts = newStarts;
            from = newFrom;
            made = new String[newStarts.length - 1];
        }

        String get(int index) {
            String known = made[index];
            if (known == null) {
                known = new String(
                        bytes, from + starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8);
                made[index] = known;
            }
            return known;
        }
    }
}
