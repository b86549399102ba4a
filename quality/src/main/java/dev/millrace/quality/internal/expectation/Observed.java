package dev.millrace.quality.internal.expectation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values as a warehouse writes them, turned back into what they are. */
final class Observed {
    private Observed() {}

    /** A number where the text is one; otherwise the text. */
    static @Nullable Object number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
            return whole
                    ? (Object) number.longValueExact()
                    : text.matches(".*[eE].*") || number.precision() <= 17 ? (Object) number.doubleValue() : number;
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
