package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/**
 * Whole rows of a binary COPY, and where their values are. Owned by one thread at a time: the one that fills it hands
 * it over to the one that decodes it.
 */
final class RowSlice {
    static final int MAX_ROWS = 2048;
    static final int NULL = -1;

    private static final int COUNT_BYTES = Short.BYTES;

    final byte[][] rows = new byte[MAX_ROWS][];
    /** Of the value of column c in row r, at {@code c * MAX_ROWS + r}. */
    final int[] offsets;

    final int[] lengths;
    private final int columns;
    int count;
    /** Rows before this one have been decoded. */
    int next;

    RowSlice(int columns) {
        this.columns = columns;
        this.offsets = new int[columns * MAX_ROWS];
        this.lengths = new int[columns * MAX_ROWS];
    }

    void clear() {
        count = 0;
        next = 0;
    }

    boolean isFull() {
        return count == MAX_ROWS;
    }

    void add(byte[] row) {
        rows[count++] = row;
    }

    /** Finds the values of all rows. */
    void index() {
        for (int r = 0; r < count; r++) {
            byte[] row = rows[r];
            int fields = (row[0] << 8) | (row[1] & 0xFF);
            if (fields != columns) {
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "PostgreSQL sent a row of " + fields + " columns where " + columns + " were asked for");
            }
            int at = COUNT_BYTES;
            for (int c = 0, place = r; c < columns; c++, place += MAX_ROWS) {
                int length = Bytes.int4(row, at);
                at += Integer.BYTES;
                offsets[place] = at;
                lengths[place] = length;
                if (length > 0) {
                    at += length;
                }
            }
        }
    }
}
