package dev.millrace.cli.console;

/** A terminal that text can be written to and that knows its size. Thread-safe. */
interface Screen {
    /** Columns now; at least 20. */
    int width();

    /** Lines now; at least 4. */
    int height();

    /** Writes and flushes. */
    void write(String text);
}
