package dev.millrace.orchestrate;

import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether it will not change any more. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** {@code queued}, {@code running} … as the store and the API write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
