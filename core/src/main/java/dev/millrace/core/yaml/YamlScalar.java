package dev.millrace.core.yaml;

import dev.millrace.core.Position;
import org.jspecify.annotations.Nullable;

/**
 * A single value.
 *
 * @param value the value as YAML 1.1 resolves it: String, Long, BigInteger, Double, Boolean, a java.time value, or null
 * @param text the scalar's text as written, without quotes
 * @param position of the first character, after the quote if there is one; for a block scalar ({@code |}, {@code >}) of
 *     its indicator
 */
public record YamlScalar(@Nullable Object value, String text, Position position) implements YamlNode {
    @Override
    public @Nullable Object toJava() {
        return value;
    }

    @Override
    public String describe() {
        if (value == null) {
            return "nothing";
        }
        return (value instanceof String ? "the text '" : "the value '") + text + "'";
    }
}
