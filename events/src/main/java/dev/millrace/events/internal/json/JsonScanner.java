package dev.millrace.events.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through one JSON object (RFC 8259) and checks all of it, also UTF-8 and escapes; what is nested is checked and
 * skipped. Values are told as places in the bytes. Used by one thread; used again for the next object.
 */
public final class JsonScanner {
    private static final int DEEPEST = 500;
    private static final int LONG_DIGITS = 18;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    private JsonKind kind = JsonKind.NULL;
    private int start;
    private int stop;
    private boolean escaped;
    private boolean nameEscaped;
    private final JsonNumber number = new JsonNumber();

    /** Hands over the fields of the object in {@code source[offset, offset + length)}. */
    public void scan(byte[] source, int offset, int length, FieldSink sink) throws JsonProblem {
        bytes = source;
        at = offset;
        end = offset + length;
        if (skipBlank() != '{') {
            throw problem("it is no JSON object");
        }
        at++;
        int next = skipBlank();
        if (next == '}') {
            at++;
        } else {
            while (true) {
                if (!field(sink)) {
                    return;
                }
                next = skipBlank();
                at++;
                if (next == '}') {
                    break;
                }
                if (next != ',') {
                    throw unexpected(next, "',' or '}'");
                }
                skipBlank();
            }
        }
        if (skipBlank() >= 0) {
            throw problem("there is more after the JSON object");
        }
    }

    private boolean field(FieldSink sink) throws JsonProblem {
        int quote = peek();
        if (quote != '"') {
            throw unexpected(quote, "a field name");
        }
        int from = at + 1;
        string();
        int to = at - 1;
        nameEscaped = escaped;
        int colon = skipBlank();
        if (colon != ':') {
            throw unexpected(colon, "':'");
        }
        at++;
        skipBlank();
        value();
        if (nameEscaped) {
            byte[] name = unescape(from, to).getBytes(StandardCharsets.UTF_8);
            return sink.field(name, 0, name.length, this);
        }
        return sink.field(bytes, from, to - from, this);
    }

    private void value() throws JsonProblem {
        start = at;
        escaped = false;
        int first = peek();
        switch (first) {
            case '"' -> {
                string();
                kind = JsonKind.STRING;
            }
            case '{', '[' -> {
                boolean object = first == '{';
                nested();
                kind = object ? JsonKind.OBJECT : JsonKind.ARRAY;
            }
            case 't' -> {
                word("true");
                kind = JsonKind.TRUE;
            }
            case 'f' -> {
                word("false");
                kind = JsonKind.FALSE;
            }
            case 'n' -> {
                word("null");
                kind = JsonKind.NULL;
            }
            default -> number(first);
        }
        stop = at;
    }

    private void number(int first) throws JsonProblem {
        if (first != '-' && (first < '0' || first > '9')) {
            throw unexpected(first, "a value");
        }
        at = number.scan(bytes, at, end);
        if (at < 0) {
            at = -at - 1;
            throw unexpected(peek(), "a digit");
        }
        kind = number.isWhole()
                ? number.digits() <= LONG_DIGITS || number.fitsLong() ? JsonKind.INT : JsonKind.BIG
                : JsonKind.FLOAT;
    }

    /** Objects and arrays, by a stack of bits: one set for each object that is open. */
    private void nested() throws JsonProblem {
        boolean[] objects = new boolean[16];
        int depth = 0;
        boolean valueDue = true;
        while (true) {
            int next = skipBlank();
            if (valueDue) {
                if (next == '{' || next == '[') {
                    if (depth == DEEPEST) {
                        throw problem("it is nested deeper than " + DEEPEST + " levels");
                    }
                    if (depth == objects.length) {
                        objects = Arrays.copyOf(objects, depth * 2);
                    }
                    objects[depth++] = next == '{';
                    at++;
                    int inner = skipBlank();
                    if (inner == (next == '{' ? '}' : ']')) {
                        at++;
                        depth--;
                        valueDue = false;
                    } else if (next == '{') {
                        name();
                    }
                } else {
                    scalar(next);
                    valueDue = false;
                }
            } else if (depth == 0) {
                return;
            } else {
                boolean object = objects[depth - 1];
                at++;
                if (next == ',') {
                    skipBlank();
                    if (object) {
                        name();
                    }
                    valueDue = true;
                } else if (next == (object ? '}' : ']')) {
                    depth--;
                } else {
                    at--;
                    throw unexpected(next, object ? "',' or '}'" : "',' or ']'");
                }
            }
            if (depth == 0 && !valueDue) {
                return;
            }
        }
    }

    private void name() throws JsonProblem {
        int quote = peek();
        if (quote != '"') {
            throw unexpected(quote, "a field name");
        }
        string();
        int colon = skipBlank();
        if (colon != ':') {
            throw unexpected(colon, "':'");
        }
        at++;
    }

    private void scalar(int first) throws JsonProblem {
        switch (first) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number(first);
        }
    }

    /** From the opening quote to behind the closing one. */
    private void string() throws JsonProblem {
        escaped = false;
        int i = at + 1;
        byte[] from = bytes;
        int limit = end;
        while (i < limit) {
            if (i + Long.BYTES <= limit) {
                int plain = plain((long) WORDS.get(from, i));
                i += plain;
                if (plain == Long.BYTES) {
                    continue;
                }
            }
            byte b = from[i];
            if (b == '"') {
                at = i + 1;
                return;
            }
            if (b >= 0x20 && b != '\\') {
                i++;
            } else if (b < 0) {
                i = Utf8.next(from, i, limit);
                if (i < 0) {
                    at = Math.min(-i, limit);
                    throw problem("it is not valid UTF-8");
                }
            } else if (b == '\\') {
                escaped = true;
                i = escape(i);
            } else {
                at = i;
                throw problem("a text holds a control character");
            }
        }
        at = limit;
        throw problem("a text does not end");
    }

    /** How many of eight bytes, the first lowest, come before one that ends a text or needs a closer look. */
    private static int plain(long word) {
        long quote = word ^ ONES * '"';
        long backslash = word ^ ONES * '\\';
        // A borrow may mark a byte that is plain, but only above one that is not.
        long special = word | word - ONES * ' ' | quote - ONES | backslash - ONES;
        return Long.numberOfTrailingZeros(special & HIGHS) >>> 3;
    }

    private int escape(int i) throws JsonProblem {
        at = i;
        int letter = i + 1 < end ? bytes[i + 1] : -1;
        switch (letter) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return i + 2;
            }
            case 'u' -> {
                int unit = hex(i + 2);
                if (Character.isLowSurrogate((char) unit)) {
                    throw problem("a text holds half a surrogate pair");
                }
                if (!Character.isHighSurrogate((char) unit)) {
                    return i + 6;
                }
                boolean pair = i + 7 < end && bytes[i + 6] == '\\' && bytes[i + 7] == 'u';
                if (!pair || !Character.isLowSurrogate((char) hex(i + 8))) {
                    throw problem("a text holds half a surrogate pair");
                }
                return i + 12;
            }
            default -> throw problem("a text holds an unknown escape");
        }
    }

    private int hex(int from) throws JsonProblem {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < end ? Character.digit(bytes[i], 16) : -1;
            if (digit < 0) {
                throw problem("a text holds an unknown escape");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void word(String word) throws JsonProblem {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || bytes[at + i] != word.charAt(i)) {
                throw unexpected(peek(), "a value");
            }
        }
        at += word.length();
    }

    /** The next byte that is not blank; -1 at the end. */
    private int skipBlank() {
        while (at < end) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return -1;
    }

    private int peek() {
        return at < end ? bytes[at] : -1;
    }

    private JsonProblem unexpected(int found, String expected) {
        if (at >= end) {
            return problem("it ends where " + expected + " should stand");
        }
        String what = found > 0x20 && found < 0x7f ? "'" + (char) found + "'" : "something else";
        return problem(what + " stands where " + expected + " should");
    }

    private static JsonProblem problem(String reason) {
        return new JsonProblem("not JSON: " + reason);
    }

    /** What the current value is. */
    public JsonKind kind() {
        return kind;
    }

    /** The number, if the current value is one. */
    public JsonNumber number() {
        return number;
    }

    public byte[] source() {
        return bytes;
    }

    /** Where the value begins as it is written, with its quotes if it is a text. */
    public int start() {
        return start;
    }

    /** Behind the value as it is written. */
    public int stop() {
        return stop;
    }

    /** Whether the current value is a text that is not written as it is. */
    public boolean isEscaped() {
        return escaped && kind == JsonKind.STRING;
    }

    /** The current value as written. */
    public String raw() {
        return new String(bytes, start, stop - start, StandardCharsets.UTF_8);
    }

    /** The text of the current value, which is a text. */
    public String text() {
        return escaped
                ? unescape(start + 1, stop - 1)
                : new String(bytes, start + 1, stop - start - 2, StandardCharsets.UTF_8);
    }

    private String unescape(int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int run = i;
            while (i < to && bytes[i] != '\\') {
                i++;
            }
            text.append(new String(bytes, run, i - run, StandardCharsets.UTF_8));
            if (i < to) {
                i = unescape(i, text);
            }
        }
        return text.toString();
    }

    private int unescape(int i, StringBuilder text) {
        switch (bytes[i + 1]) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                text.append((char) Integer.parseInt(new String(bytes, i + 2, 4, StandardCharsets.US_ASCII), 16));
                return i + 6;
            }
            default -> text.append((char) bytes[i + 1]);
        }
        return i + 2;
    }
}
