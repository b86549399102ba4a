package dev.millrace.transform.internal.cache;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values in a compact binary form for {@link CacheReader}. Numbers take as many bytes as they need; a text is
 * kept once, and so is what is written with {@link #shared}. Not thread-safe.
 */
final class CacheWriter {
    private byte[] bytes = new byte[1 << 16];
    private int length;
    private final Map<String, Integer> texts = new HashMap<>();
    private final List<byte[]> encoded = new ArrayList<>();
    private final Map<String, Map<Slice, Integer>> shared = new HashMap<>();

    /** Everything written so far, with the texts in front. */
    byte[] toBytes() {
        CacheWriter all = new CacheWriter();
        all.number(encoded.size());
        for (byte[] text : encoded) {
            all.number(text.length);
        }
        encoded.forEach(all::raw);
        all.number(length);
        all.raw(bytes, length);
        return Arrays.copyOf(all.bytes, all.length);
    }

    /** A number that is not negative. */
    void number(int value) {
        int rest = value;
        while (rest >= 0x80) {
            put((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        put(rest);
    }

    void longNumber(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            put((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    void bool(boolean value) {
        put(value ? 1 : 0);
    }

    void text(@Nullable String value) {
        if (value == null) {
            number(0);
            return;
        }
        Integer known = texts.get(value);
        if (known == null) {
            known = encoded.size();
            texts.put(value, known);
            encoded.add(value.getBytes(StandardCharsets.UTF_8));
        }
        number(known + 1);
    }

    <T> void list(Collection<T> items, Consumer<T> writer) {
        number(items.size());
        items.forEach(writer);
    }

    void texts(Collection<String> values) {
        list(values, this::text);
    }

    /** What {@code body} writes, or where the same was written before in this {@code room}. */
    void shared(String room, Runnable body) {
        int start = length;
        put(0);
        int from = length;
        body.run();
        Slice slice = new Slice(Arrays.copyOfRange(bytes, from, length));
        Map<Slice, Integer> known = shared.computeIfAbsent(room, name -> new HashMap<>());
        Integer index = known.putIfAbsent(slice, known.size());
        if (index != null) {
            length = start;
            number(index + 1);
        }
    }

    /** What {@code body} writes, with its length in front, so that a reader may skip it. */
    void skippable(Runnable body) {
        int start = length;
        body.run();
        byte[] written = Arrays.copyOfRange(bytes, start, length);
        length = start;
        number(written.length);
        raw(written);
    }

    void map(Map<?, ? extends @Nullable Object> values) {
        number(values.size());
        values.forEach((key, value) -> {
            value(key);
            value(value);
        });
    }

    /**
     * A value as YAML files and templates give it.
     *
     * @throws NotCacheable for what only lives in this process
     */
    void value(@Nullable Object value) {
        if (value == null) {
            put(Tag.NULL);
        } else if (value instanceof String text) {
            put(Tag.TEXT);
            text(text);
        } else if (value instanceof Boolean bool) {
            put(bool ? Tag.TRUE : Tag.FALSE);
        } else if (value instanceof Long number) {
            put(Tag.LONG);
            longNumber(number);
        } else if (value instanceof Integer number) {
            put(Tag.INTEGER);
            longNumber(number);
        } else if (value instanceof Double number) {
            put(Tag.DOUBLE);
            longNumber(Double.doubleToRawLongBits(number));
        } else if (value instanceof List<?> list) {
            put(Tag.LIST);
            list(list, this::value);
        } else if (value instanceof Map<?, ?> map) {
            put(Tag.MAP);
            map(map);
        } else if (value instanceof Set<?> set) {
            put(Tag.SET);
            list(set, this::value);
        } else {
            rare(value);
        }
    }

    private void rare(Object value) {
        if (value instanceof BigInteger) {
            put(Tag.BIG_INTEGER);
        } else if (value instanceof LocalDate) {
            put(Tag.DATE);
        } else if (value instanceof LocalDateTime) {
            put(Tag.DATE_TIME);
        } else if (value instanceof OffsetDateTime) {
            put(Tag.OFFSET_DATE_TIME);
        } else {
            throw new NotCacheable("a value of " + value.getClass());
        }
        text(value.toString());
    }

    void raw(byte[] values) {
        raw(values, values.length);
    }

    private void raw(byte[] values, int count) {
        grow(count);
        System.arraycopy(values, 0, bytes, length, count);
        length += count;
    }

    private void put(int value) {
        grow(1);
        bytes[length++] = (byte) value;
    }

    private void grow(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }

    /** Bytes that are equal when their content is. */
    private static final class Slice {
        private final byte[] content;
        private final int hash;

        Slice(byte[] content) {
            this.content = content;
            this.hash = Arrays.hashCode(content);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slice that && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
