package dev.millrace.warehouse.model;

import dev.millrace.core.graph.RelationName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An input that a model reads as a stream: a call of {@code tumble}, {@code hop} or {@code stream}. */
public sealed interface StreamInput {
    /** How SQL names the relation that is read. */
    String sql();

    /** The relation that is read; null for a part of the model's own statement, such as an ephemeral model. */
    @Nullable
    RelationName relation();

    /** The rows as they are: {@code stream(relation)}. */
    record Rows(String sql, @Nullable RelationName relation) implements StreamInput {}

    /**
     * The rows with {@code window_start} and {@code window_end}, once for each window they are in: half-open, aligned
     * to 1970-01-01T00:00Z.
     *
     * @param time the column that holds the event time, or an expression over the relation's columns
     * @param slide from one window's start to the next one's
     * @param size from a window's start to its end
     */
    record Windows(String sql, @Nullable RelationName relation, String time, Duration slide, Duration size)
            implements StreamInput {
        /** Whether each row is in exactly one window. */
        public boolean tumbling() {
            return slide.equals(size);
        }
    }
}
