package dev.millrace.transform.internal.artifact;

import dev.millrace.transform.internal.parallel.Parallel;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes plain Java values as JSON. What JSON has no form for is written as its text. */
public final class JsonWriter {
    /** How many entries of something streamed are in memory at once, and how many one thread makes at a time. */
    private static final int BATCH = 1024;

    private static final int PART = 128;

    private final Writer out;
    private final char[] buffer = new char[1 << 14];
    private int length;

    private JsonWriter(Writer out) {
        this.out = out;
    }

    /** Writes a whole file: readers see the old one or the new one, never half of it. */
    public static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.getParent());
            // Runs that end at the same moment write the same file.
            Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try (Writer out = new OutputStreamWriter(Files.newOutputStream(partial), StandardCharsets.UTF_8)) {
                new JsonWriter(out).whole(value);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The value's JSON. */
    static String text(Object value) {
        StringWriter text = new StringWriter();
        try {
            new JsonWriter(text).whole(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void whole(Object value) throws IOException {
        value(value);
        flush();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value instanceof String text) {
            quoted(text);
        } else if (value == null || value instanceof Boolean) {
            write(String.valueOf(value));
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Streamed<?> many) {
            streamed(many);
        } else if (value instanceof Iterable<?> items) {
            list(items.iterator());
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            write("null");
        } else if (value instanceof Number) {
            write(value.toString());
        } else {
            quoted(value.toString());
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        write('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(separator);
            quoted(String.valueOf(entry.getKey()));
            write(": ");
            value(entry.getValue());
            separator = ", ";
        }
        write('}');
    }

    private <T> void streamed(Streamed<T> many) throws IOException {
        write('{');
        int size = many.items().size();
        for (int from = 0; from < size; from += BATCH) {
            List<List<T>> parts = new ArrayList<>();
            for (int at = from; at < Math.min(size, from + BATCH); at += PART) {
                parts.add(many.items().subList(at, Math.min(size, at + PART)));
            }
            String separator = from == 0 ? "" : ", ";
            for (String entries : Parallel.map(parts, 1, part -> entries(part, many))) {
                write(separator);
                write(entries);
                separator = ", ";
            }
        }
        write('}');
    }

    private static <T> String entries(List<T> items, Streamed<T> many) {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        try {
            String separator = "";
            for (T item : items) {
                out.write(separator);
                out.quoted(many.key().apply(item));
                out.write(": ");
                out.value(many.value().apply(item));
                separator = ", ";
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void list(Iterator<?> items) throws IOException {
        write('[');
        while (items.hasNext()) {
            value(items.next());
            if (items.hasNext()) {
                write(", ");
            }
        }
        write(']');
    }

    private void quoted(String text) throws IOException {
        write('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                write(text, written, i);
                write(escaped(c));
                written = i + 1;
            }
        }
        write(text, written, text.length());
        write('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    private void write(char c) throws IOException {
        if (length == buffer.length) {
            flush();
        }
        buffer[length++] = c;
    }

    private void write(String text) throws IOException {
        write(text, 0, text.length());
    }

    private void write(String text, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (length == buffer.length) {
                flush();
            }
            int part = Math.min(to - at, buffer.length - length);
            text.getChars(at, at + part, buffer, length);
            length += part;
            at += part;
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, length);
        length = 0;
    }
}
