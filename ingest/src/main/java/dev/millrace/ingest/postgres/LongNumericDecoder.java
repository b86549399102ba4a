package dev.millrace.ingest.postgres;

import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** {@code numeric} as text, for 19 to 38 digits. A value that would have to be rounded is refused. */
final class LongNumericDecoder extends ColumnDecoder {
    private final int precision;
    private final int scale;
    private final ValueRange range;

    LongNumericDecoder(Decimal type, ValueRange range) {
        this.precision = type.precision();
        this.scale = type.scale();
        this.range = range;
    }

    @Override
    void value(byte[] row, int at, int length, ColumnWriter out, int index) {
        if (!NumericText.isFinite(row, at)) {
            throw range.exceeded(NumericText.of(row, at));
        }
        BigDecimal number = NumericText.number(row, at);
        if (number.scale() > scale) {
            BigDecimal cut = number.setScale(scale, RoundingMode.DOWN);
            if (cut.compareTo(number) != 0) {
                throw range.exceeded(NumericText.of(row, at));
            }
            number = cut;
        }
        if (number.precision() - number.scale() > precision - scale) {
            throw range.exceeded(NumericText.of(row, at));
        }
        byte[] text = number.toPlainString().getBytes(StandardCharsets.US_ASCII);
        out.setUtf8(index, text, 0, text.length);
    }
}
