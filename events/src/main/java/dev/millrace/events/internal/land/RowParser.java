package dev.millrace.events.internal.land;

import dev.millrace.events.internal.json.FieldSink;
import dev.millrace.events.internal.json.JsonKind;
import dev.millrace.events.internal.json.JsonProblem;
import dev.millrace.events.internal.json.JsonScanner;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes rows of JSON objects for a table as it is now. Used by one thread. */
final class RowParser implements FieldSink {
    private static final int SHOWN = 80;

    private final List<TopicColumn> columns;
    private final DataType[] types;
    private final boolean[] declared;
    private final FieldIndex index;
    private final Cells cells;
    private final CellReader reader;
    private final JsonScanner scanner = new JsonScanner();
    private int place;
    private boolean fits;

    RowParser(List<TopicColumn> columns) {
        this.columns = columns;
        types = columns.stream().map(TopicColumn::type).toArray(DataType[]::new);
        declared = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            declared[i] = columns.get(i).declared();
        }
        index = new FieldIndex(columns);
        cells = new Cells(types.length);
        reader = new CellReader(cells);
    }

    /**
     * Reads one object.
     *
     * @return false if it has a field, or a value of a type, that the table has no place for yet
     * @throws JsonProblem if it is not JSON, or a value is not of its declared type
     */
    boolean parse(byte[] value, int offset, int length) throws JsonProblem {
        cells.clear();
        place = 0;
        fits = true;
        scanner.scan(value, offset, length, this);
        return fits;
    }

    /** A row without values: what a tombstone becomes. */
    void empty() {
        cells.clear();
    }

    @Override
    public boolean field(byte[] name, int offset, int length, JsonScanner value) throws JsonProblem {
        int column = index.column(place++, name, offset, length);
        if (column == FieldIndex.UNKNOWN) {
            fits = value.kind() == JsonKind.NULL;
        } else if (declared[column]) {
            if (!reader.takeDeclared(column, types[column], value)) {
                throw misfit(columns.get(column), value);
            }
        } else {
            fits = reader.take(column, types[column], value);
        }
        return fits;
    }

    /** Puts the last object that was read into the first columns. */
    void write(ColumnWriter[] writers, int row) {
        cells.write(writers, row);
    }

    private static JsonProblem misfit(TopicColumn column, JsonScanner value) {
        int length = Math.min(SHOWN, value.stop() - value.start());
        String shown = new String(value.source(), value.start(), length, StandardCharsets.UTF_8)
                + (length < value.stop() - value.start() ? "…" : "");
        return new JsonProblem("field '" + column.field() + "' is no " + TypeNames.name(column.type()) + ": " + shown);
    }
}
