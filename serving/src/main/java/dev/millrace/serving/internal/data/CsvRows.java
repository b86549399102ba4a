package dev.millrace.serving.internal.data;

import dev.millrace.warehouse.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180. Null is nothing at all, the empty text is two quotes. */
final class CsvRows implements RowWriter {
    private static final int BUFFER = 1 << 16;

    private final Writer out;

    CsvRows(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        row(columns.stream().map(Column::name).toArray());
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            Object value = values[i];
            if (value != null) {
                write(JsonValues.string(value));
            }
        }
        out.write("\r\n");
    }

    private void write(String text) throws IOException {
        if (isPlain(text)) {
            out.write(text);
        } else {
            out.write('"');
            out.write(text.replace("\"", "\"\""));
            out.write('"');
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
