package dev.millrace.transform.internal.resource;

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
        return value == null ? Optional.empty() : Optional.of(new Hook(String.valueOf(value), true));
    }
}
