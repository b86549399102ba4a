package dev.millrace.events.internal.land;

import dev.millrace.warehouse.ColumnWriter;

/** The values of one row before it is known that the whole row can be taken. Used by one thread. */
final class Cells {
    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte BOOL = 3;
    private static final byte UTF8 = 4;
    private static final byte BYTES = 5;
    private static final byte[] NONE = new byte[0];

    private final byte[] kinds;
    private final long[] numbers;
    private final byte[][] buffers;
    private final int[] offsets;
    private final int[] lengths;

    Cells(int columns) {
        kinds = new byte[columns];
        numbers = new long[columns];
        buffers = new byte[columns][];
        java.util.Arrays.fill(buffers, NONE);
        offsets = new int[columns];
        lengths = new int[columns];
    }

    void clear() {
        java.util.Arrays.fill(kinds, NULL);
    }

    void setNull(int column) {
        kinds[column] = NULL;
    }

    void setLong(int column, long value) {
        kinds[column] = LONG;
        numbers[column] = value;
    }

    void setDouble(int column, double value) {
        kinds[column] = DOUBLE;
        numbers[column] = Double.doubleToRawLongBits(value);
    }

    void setBoolean(int column, boolean value) {
        kinds[column] = BOOL;
        numbers[column] = value ? 1 : 0;
    }

    void setUtf8(int column, byte[] buffer, int offset, int length) {
        place(column, UTF8, buffer, offset, length);
    }

    void setBytes(int column, byte[] buffer, int offset, int length) {
        place(column, BYTES, buffer, offset, length);
    }

    private void place(int column, byte kind, byte[] buffer, int offset, int length) {
        kinds[column] = kind;
        buffers[column] = buffer;
        offsets[column] = offset;
        lengths[column] = length;
    }

    void write(ColumnWriter[] columns, int row) {
        for (int i = 0; i < kinds.length; i++) {
            ColumnWriter column = columns[i];
            switch (kinds[i]) {
                case LONG -> column.setLong(row, numbers[i]);
                case DOUBLE -> column.setDouble(row, Double.longBitsToDouble(numbers[i]));
                case BOOL -> column.setBoolean(row, numbers[i] != 0);
                case UTF8 -> column.setUtf8(row, buffers[i], offsets[i], lengths[i]);
                case BYTES -> column.setBytes(row, buffers[i], offsets[i], lengths[i]);
                default -> column.setNull(row);
            }
        }
    }
}
