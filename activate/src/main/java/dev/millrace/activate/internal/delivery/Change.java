package dev.millrace.activate.internal.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the model that differs from what was delivered.
 *
 * @param number its place among the changes, from 1
 * @param known whether a record of this key was delivered before
 * @param deliveredMicros when that was, in microseconds since 1970; 0 if it never was
 * @param past earlier rejections of this key
 * @param values of the mapped columns, in the order of the mapping
 */
record Change(
        long number,
        String key,
        String hash,
        boolean known,
        long deliveredMicros,
        Past past,
        List<@Nullable Object> values) {
    /** @param firstAttemptMicros when it was first rejected, in microseconds since 1970; 0 if it never was */
    record Past(long firstAttemptMicros, long attempts) {
        static final Past NONE = new Past(0, 0);
    }
}
