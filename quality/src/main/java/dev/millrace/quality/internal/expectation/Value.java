package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A value written in a suite.
 *
 * @param value a text, number, boolean or java.time value
 */
public record Value(Object value, Position position) {
    /** As an exact number, if it is one or its text is. */
    Optional<BigDecimal> number() {
        if (value instanceof Long || value instanceof BigInteger) {
            return Optional.of(new BigDecimal(value.toString()));
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return Optional.of(BigDecimal.valueOf(number));
        }
        if (value instanceof String text) {
            try {
                return Optional.of(new BigDecimal(text.strip()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
