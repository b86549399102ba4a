package dev.millrace.server;

import java.util.Locale;

/** What the holder of a token may do; each role may do all that the ones before it may. */
public enum Role {
    /** Sees everything, and asks read-only queries. */
    VIEWER,
    /** Starts, cancels and retries runs, pauses pipelines, publishes events. */
    OPERATOR,
    /** Reads the project's files again. */
    ADMIN;

    /** {@code viewer}, {@code operator} or {@code admin}, as millrace.yml writes it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
