package dev.millrace.orchestrate;

import java.util.Locale;

/** How a run is to be carried out otherwise than usual, as the command line's options of the same names say. */
public enum RunFlag {
    /** Incremental models and connections start from nothing. */
    FULL_REFRESH,
    /** The first failure cancels what still runs and skips the rest. */
    FAIL_FAST,
    /** What would be warned about fails. */
    WARN_ERROR,
    /** Syncs say what they would send, and send nothing. */
    DRY_RUN,
    /** Models read no rows. */
    EMPTY;

    /** {@code full_refresh}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
