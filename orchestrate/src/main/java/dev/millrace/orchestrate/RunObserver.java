package dev.millrace.orchestrate;

/** Hears of runs as they happen. Called by threads of the orchestrator; must return quickly and not throw. */
public interface RunObserver {
    /** A run was queued, was started, ended, or its counts have changed. */
    default void changed(RunRecord run) {}

    /** Something happened in a run, progress included. */
    default void logged(RunLog entry) {}
}
