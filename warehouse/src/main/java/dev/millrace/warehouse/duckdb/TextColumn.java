package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import java.util.Arrays;
import java.util.Base64;
import org.duckdb.DuckDBFunctions.FunctionException;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * Texts, and bytes as Base64. A call into the engine per text would cost more than the text, so they are collected and
 * handed over together; a batch of long texts goes in parts, so that what is held here stays small. Nulls are collected
 * as well: the vector takes a lock for each it is told of.
 */
final class TextColumn extends VectorColumn {
    private static final int PART_BYTES = 4 << 20;

    /** A column that held no more in one batch keeps its arrays for the next. */
    private static final int KEPT_BYTES = 256 << 10;

    private byte[] @Nullable [] texts = new byte[0][];
    /** Arrays of the batch before, by row, for texts of the same length. */
    private byte[] @Nullable [] spare = new byte[0][];

    private int[] nulls = new int[0];
    private int nullCount;
    private int held;
    /** Whether rows have been handed over already. */
    private boolean parted;

    TextColumn(DataType.Field field) {
        super(field);
    }

    @Override
    void begin(DuckDBWritableVector next, int capacity) {
        super.begin(next, capacity);
        if (texts.length != capacity) {
            texts = new byte[capacity][];
            spare = new byte[capacity][];
            nulls = new int[capacity];
        }
        nullCount = 0;
        held = 0;
        parted = false;
    }

    @Override
    public void setNull(int row) {
        if (parted) {
            super.setNull(row);
        } else {
            nulls[nullCount++] = row;
        }
    }

    @Override
    public void setUtf8(int row, byte[] buffer, int offset, int length) {
        byte[] used = spare[row];
        if (used != null && used.length == length) {
            System.arraycopy(buffer, offset, used, 0, length);
            hold(row, used);
        } else {
            hold(row, Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }

    @Override
    public void setBytes(int row, byte[] buffer, int offset, int length) {
        hold(row, Base64.getEncoder().encode(Arrays.copyOfRange(buffer, offset, offset + length)));
    }

    private void hold(int row, byte[] text) {
        texts[row] = text;
        held += text.length;
        if (held > PART_BYTES) {
            part();
        }
    }

    private void part() {
        handOverRuns(texts.length);
        for (int i = 0; i < nullCount; i++) {
            super.setNull(nulls[i]);
        }
        nullCount = 0;
        parted = true;
    }

    @Override
    void end(int rows) {
        if (rows > 0) {
            if (parted) {
                handOverRuns(rows);
            } else {
                handOver(0, rows == texts.length ? texts : Arrays.copyOf(texts, rows));
            }
        }
        keep(!parted && held <= KEPT_BYTES);
        super.end(rows);
    }

    private void keep(boolean small) {
        Arrays.fill(spare, null);
        if (small) {
            byte[] @Nullable [] used = texts;
            texts = spare;
            spare = used;
        } else {
            Arrays.fill(texts, null);
        }
    }

    /** Each stretch of rows that hold a text; the others are null or were handed over before. */
    private void handOverRuns(int rows) {
        int row = 0;
        while (row < rows) {
            int start = row;
            while (row < rows && texts[row] != null) {
                row++;
            }
            if (row > start) {
                handOver(start, Arrays.copyOfRange(texts, start, row));
                Arrays.fill(texts, start, row, null);
            }
            row++;
        }
        held = 0;
    }

    private void handOver(int start, byte[] @Nullable [] part) {
        try {
            vector().setStringUtf8Batch(start, part);
        } catch (FunctionException e) {
            Throwable refused = e.getCause() == null ? e : e.getCause();
            throw new MillraceException(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    "column " + field().name() + " holds a text that DuckDB refuses: " + DuckDbErrors.text(refused),
                    null,
                    "Mend the text in the source, or declare its encoding there.",
                    e);
        }
    }
}
