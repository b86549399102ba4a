package dev.millrace.transform.internal.resource;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Values;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement before or after a model.
 *
 * @param sql a template
 * @param transaction whether it belongs to the model's own transaction
 */
public record Hook(String sql, boolean transaction) {
    static Optional<Hook> of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Object inside = map.get("transaction");
            return Optional.of(new Hook(String.valueOf(map.get("sql")), !Boolean.FALSE.equals(inside)));
        }
        if (value == null) {
            return Optional.empty();
        }
        String text = String.valueOf(value);
        return text.stripLeading().startsWith("{\"") ? ofJson(text) : Optional.of(new Hook(text, true));
    }

    /** The macros {@code before_begin} and {@code after_commit} give a hook as JSON. */
    private static Optional<Hook> ofJson(String text) {
        try {
            return of(Values.toJava(Values.fromJson(text)));
        } catch (JinjaException notJson) {
            return Optional.of(new Hook(text, true));
        }
    }
}
