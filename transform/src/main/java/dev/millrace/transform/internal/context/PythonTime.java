package dev.millrace.transform.internal.context;

import java.time.Instant;

/** Instants as templates see them. */
final class PythonTime {
    private PythonTime() {}

    static Object of(Instant instant) {
        return instant.toString();
    }
}
