package dev.millrace.transform.internal.parse;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.Undefined;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What templates call at parse time although nobody knows it. As in dbt only a node whose compilation comes to such a
 * name fails, since much of a template is not reached when it runs. Not thread-safe.
 */
final class UnknownNames {
    private final Map<String, Position> used = new LinkedHashMap<>();
    private boolean tolerated;

    /** Runs {@code work}, which may use unknown names. */
    <T> T tolerate(Supplier<T> work) {
        boolean before = tolerated;
        tolerated = true;
        try {
            return work.get();
        } finally {
            tolerated = before;
        }
    }

    /** What an unknown name evaluates to. */
    Undefined meet(Undefined undefined) {
        return tolerated ? undefined.tolerated(this::note) : undefined;
    }

    private void note(Undefined undefined, Position position) {
        used.merge(undefined.message(), position, (first, later) -> first.equals(Position.NOWHERE) ? later : first);
    }

    /** Gives what is wrong with each, as an error would say it, and the first place that calls it. */
    void forEach(BiConsumer<String, Position> action) {
        used.forEach(action);
    }
}
