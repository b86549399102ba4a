package dev.millrace.ingest.postgres;

import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.ListOf;
import java.nio.charset.StandardCharsets;

/**
 * The JSON text of an array. PostgreSQL lets every value have its own number of dimensions, and numbers their own
 * number of digits; what the list's type cannot hold is refused here, where the column is known.
 */
final class ListDecoder extends ColumnDecoder {
    private final int dimensions;
    private final DataType element;
    private final ValueRange range;

    ListDecoder(DataType type, String column) {
        int depth = 0;
        DataType inner = type;
        while (inner instanceof ListOf list) {
            depth++;
            inner = list.element();
        }
        this.dimensions = depth;
        this.element = inner;
        this.range = new ValueRange(column, Types.name(type));
    }

    @Override
    void value(byte[] row, int at, int length, ColumnWriter out, int index) {
        boolean empty = length == 2;
        if (!empty && element != DataType.Simple.JSON && depth(row, at, length) != dimensions) {
            throw range.exceeded(text(row, at, length));
        }
        if (element instanceof Decimal decimal) {
            checkNumbers(row, at, length, decimal);
        }
        out.setUtf8(index, row, at, length);
    }

    private static int depth(byte[] row, int at, int length) {
        int depth = 0;
        while (depth < length && row[at + depth] == '[') {
            depth++;
        }
        return depth;
    }

    private void checkNumbers(byte[] row, int at, int length, Decimal decimal) {
        int before = 0;
        int after = -1;
        for (int i = at; i < at + length; i++) {
            byte b = row[i];
            if (b == '"') {
                before = 0;
                after = -1;
            } else if (b == '.') {
                after = 0;
            } else if (b == 'N' || b == 'I') {
                throw range.exceeded(text(row, at, length));
            } else if (b >= '0' && b <= '9') {
                if (after >= 0) {
                    after++;
                } else {
                    before++;
                }
                if ((after > decimal.scale() && b != '0') || before > decimal.precision() - decimal.scale()) {
                    boolean leadingZero = before == 1 && after < 0 && b == '0';
                    if (!leadingZero) {
                        throw range.exceeded(text(row, at, length));
                    }
                }
            }
        }
    }

    private static String text(byte[] row, int at, int length) {
        int shown = Math.min(length, 200);
        return new String(row, at, shown, StandardCharsets.UTF_8) + (shown < length ? "…" : "");
    }
}
