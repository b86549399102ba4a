package dev.millrace.orchestrate.internal.queue;

/** What workers have to hear of at once rather than when they next look. */
interface RunSignals {
    /** There may be something to do. */
    default void wake() {}

    /** A run should stop. */
    default void cancel(String runId) {}
}
