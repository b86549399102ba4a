package dev.millrace.transform.internal.artifact;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes plain Java values as JSON. What JSON has no form for is written as its text. */
public final class JsonWriter {
    private final Writer out;

    private JsonWriter(Writer out) {
        this.out = out;
    }

    /** Writes a whole file: readers see the old one or the new one, never half of it. */
    public static void write(Path file, Object value) {
        try {
            Files.createDirectories(file.getParent());
            // Runs that end at the same moment write the same file.
            Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try (Writer out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
                new JsonWriter(out).value(value);
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
            new JsonWriter(text).value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null || value instanceof Boolean) {
            out.write(String.valueOf(value));
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            out.write("null");
        } else if (value instanceof Number) {
            out.write(value.toString());
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> items) {
            list(items.iterator());
        } else {
            quoted(value.toString());
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        out.write('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.write(separator);
            quoted(String.valueOf(entry.getKey()));
            out.write(": ");
            value(entry.getValue());
            separator = ", ";
        }
        out.write('}');
    }

    private void list(Iterator<?> items) throws IOException {
        out.write('[');
        while (items.hasNext()) {
            value(items.next());
            if (items.hasNext()) {
                out.write(", ");
            }
        }
        out.write(']');
    }

    private void quoted(String text) throws IOException {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.write("\\\"");
                case '\\' -> out.write("\\\\");
                case '\n' -> out.write("\\n");
                case '\r' -> out.write("\\r");
                case '\t' -> out.write("\\t");
                default -> {
                    if (c < ' ') {
                        out.write(String.format("\\u%04x", (int) c));
                    } else {
                        out.write(c);
                    }
                }
            }
        }
        out.write('"');
    }
}
