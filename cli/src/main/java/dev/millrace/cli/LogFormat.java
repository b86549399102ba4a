package dev.millrace.cli;

/** How a run is told. */
enum LogFormat {
    /** Alive on a terminal, plain elsewhere. */
    TEXT,
    /** Finished lines only. */
    PLAIN,
    /** One JSON object per event. */
    JSON
}
