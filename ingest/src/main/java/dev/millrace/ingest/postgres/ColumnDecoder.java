package dev.millrace.ingest.postgres;

import dev.millrace.warehouse.ColumnWriter;

/** Decodes the values of one column. May keep buffers, so one thread uses it at a time. */
abstract class ColumnDecoder {
    /** Decodes {@code rows} values from row {@code slice.next} on into the writer's rows from 0 on. */
    final void decode(RowSlice slice, int column, int rows, ColumnWriter out) {
        int place = column * RowSlice.MAX_ROWS + slice.next;
        for (int i = 0; i < rows; i++, place++) {
            int length = slice.lengths[place];
            if (length < 0) {
                out.setNull(i);
            } else {
                value(slice.rows[slice.next + i], slice.offsets[place], length, out, i);
            }
        }
    }

    abstract void value(byte[] row, int at, int length, ColumnWriter out, int index);
}
