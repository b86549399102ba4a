package dev.millrace.core.graph;

import java.util.Locale;

/** How a node ended, in the words of dbt's run_results.json. */
public enum Status {
    SUCCESS,
    /** A test found nothing. */
    PASS,
    /** A test found something that is only to be warned about, or a step has something to say. */
    WARN,
    /** A test found what must not be. */
    FAIL,
    /** The step could not do its work. */
    ERROR,
    /** Not run, because something upstream failed or is yet to come, or the run was cancelled. */
    SKIPPED;

    /** Whether what is downstream must not run. */
    public boolean blocks() {
        return this == FAIL || this == ERROR || this == SKIPPED;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
