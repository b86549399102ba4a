package dev.millrace.ingest.postgres;

import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType.Decimal;

/** {@code numeric} as an unscaled long, for at most 18 digits. A value that would have to be rounded is refused. */
final class ShortNumericDecoder extends ColumnDecoder {
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final int scale;
    private final long limit;
    private final ValueRange range;

    ShortNumericDecoder(Decimal type, ValueRange range) {
        this.scale = type.scale();
        this.limit = POWERS[type.precision()];
        this.range = range;
    }

    @Override
    void value(byte[] row, int at, int length, ColumnWriter out, int index) {
        int digits = Bytes.int2(row, at);
        int sign = Bytes.int2(row, at + 4);
        if ((sign & ~NumericText.NEGATIVE) != 0) {
            throw range.exceeded(NumericText.of(row, at));
        }
        long unscaled = 0;
        // Of the last decimal digit of each group of four, counted in the unscaled value.
        int exponent = 4 * Bytes.int2(row, at + 2) + scale;
        for (int i = 0, from = at + 8; i < digits; i++, from += 2, exponent -= 4) {
            int group = Bytes.int2(row, from);
            if (exponent >= 0) {
                if (group != 0 && (exponent >= 18 || group >= limit / POWERS[exponent] + 1)) {
                    throw range.exceeded(NumericText.of(row, at));
                }
                unscaled += group == 0 ? 0 : group * POWERS[exponent];
            } else if (exponent > -4) {
                long cut = POWERS[-exponent];
                if (group % cut != 0) {
                    throw range.exceeded(NumericText.of(row, at));
                }
                unscaled += group / cut;
            } else if (group != 0) {
                throw range.exceeded(NumericText.of(row, at));
            }
        }
        if (unscaled >= limit) {
            throw range.exceeded(NumericText.of(row, at));
        }
        out.setLong(index, sign == 0 ? unscaled : -unscaled);
    }
}
