package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Simple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Hands rows over to the warehouse: their columns, then what is said about them, then the key of what they keep. */
final class StageReader implements BatchReader {
    static final String OP = "_millrace_op";
    static final String POSITION = "_millrace_lsn";
    static final String DELETED = "_millrace_deleted";
    static final String COMMITTED_AT = "_millrace_committed_at";
    static final String SEQUENCE = "_millrace_seq";
    static final String SIGN = "_millrace_sign";
    static final String KEPT = "_millrace_kept";
    static final String BASE = "_millrace_base_";

    private final RowSchema schema;
    private final List<ColumnMapping> base;
    private final List<StagedRow> rows;
    private int next;

    /** @param base the key columns; empty if no row keeps anything */
    StageReader(RowSchema schema, List<ColumnMapping> base, List<StagedRow> rows) {
        this.schema = schema;
        this.base = base;
        this.rows = rows;
    }

    List<DataType.Field> fields() {
        List<DataType.Field> fields = new ArrayList<>(schema.fields());
        fields.add(new DataType.Field(OP, Simple.TEXT));
        fields.add(new DataType.Field(POSITION, Simple.TEXT));
        fields.add(new DataType.Field(DELETED, Simple.BOOL));
        fields.add(new DataType.Field(COMMITTED_AT, Simple.TIMESTAMPTZ));
        fields.add(new DataType.Field(SEQUENCE, Simple.INT64));
        fields.add(new DataType.Field(SIGN, Simple.INT64));
        fields.add(new DataType.Field(KEPT, Simple.TEXT));
        for (int i = 0; i < base.size(); i++) {
            fields.add(new DataType.Field(BASE + i, base.get(i).field().type()));
        }
        return fields;
    }

    @Override
    public int read(ColumnWriter[] columns, int capacity) {
        int count = Math.min(capacity, rows.size() - next);
        for (int i = 0; i < count; i++) {
            write(columns, i, rows.get(next + i));
        }
        next += count;
        return count;
    }

    private void write(ColumnWriter[] columns, int row, StagedRow staged) {
        int at = 0;
        for (ColumnMapping column : schema.columns()) {
            column.write(
                    columns[at],
                    row,
                    staged.kept().get(at) ? null : staged.values().get(at));
            at++;
        }
        text(columns[at++], row, staged.op());
        text(columns[at++], row, staged.position());
        columns[at++].setBoolean(row, staged.deleted());
        columns[at++].setLong(row, staged.committedMicros());
        columns[at++].setLong(row, staged.sequence());
        columns[at++].setLong(row, staged.sign());
        if (staged.kept().isEmpty()) {
            columns[at++].setNull(row);
        } else {
            text(columns[at++], row, mark(staged));
        }
        for (int i = 0; i < base.size(); i++) {
            base.get(i)
                    .write(
                            columns[at++],
                            row,
                            staged.base().isEmpty() ? null : staged.base().get(i));
        }
    }

    private static String mark(StagedRow staged) {
        return staged.kept().stream().mapToObj(Integer::toString).collect(Collectors.joining(",", ",", ","));
    }

    private static void text(ColumnWriter column, int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        column.setUtf8(row, bytes, 0, bytes.length);
    }

    @Override
    public void close() {}
}
