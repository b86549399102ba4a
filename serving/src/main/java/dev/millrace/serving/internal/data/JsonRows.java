package dev.millrace.serving.internal.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.millrace.warehouse.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One array of objects with each object on a line of its own, or just the lines. */
final class JsonRows implements RowWriter {
    private final JsonGenerator json;
    private final boolean array;
    private SerializedString[] names = {};
    /** Columns whose texts are JSON already. */
    private boolean[] raw = {};

    private long rows;

    JsonRows(OutputStream out, boolean array) throws IOException {
        this.array = array;
        this.json = JsonValues.FACTORY.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void begin(List<Column> columns) throws IOException {
        names = columns.stream()
                .map(column -> new SerializedString(column.name()))
                .toArray(SerializedString[]::new);
        raw = new boolean[names.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = columns.get(i).type().equals("JSON");
        }
        if (array) {
            json.writeRaw('[');
        }
    }

    @Override
    public void row(@Nullable Object[] values) throws IOException {
        if (array) {
            json.writeRaw(rows++ == 0 ? "\n" : ",\n");
        }
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
            json.writeFieldName(names[i]);
            if (raw[i] && values[i] instanceof String text) {
                // Outside strings, where JSON has none, a line's end is only a space.
                json.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
            } else {
                JsonValues.write(json, values[i]);
            }
        }
        json.writeEndObject();
        if (!array) {
            json.writeRaw('\n');
        }
    }

    @Override
    public void end() throws IOException {
        if (array) {
            json.writeRaw("\n]\n");
        }
        json.flush();
    }
}
