package dev.millrace.orchestrate;

import java.util.Locale;

/** Why a run was asked for. A run that is taken over after a crash keeps its cause; its attempt goes up. */
public enum Cause {
    /** Somebody asked: on the command line, in the browser, over the API. */
    MANUAL,
    SCHEDULE,
    BACKFILL,
    /** What failed or was skipped in an earlier run, once more. */
    RETRY;

    /** {@code manual}, {@code schedule} … as the store and the API write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
