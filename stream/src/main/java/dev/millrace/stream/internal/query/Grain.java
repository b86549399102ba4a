package dev.millrace.stream.internal.query;

/** How the rows of a query come from the rows of the stream. */
enum Grain {
    /** They do not. */
    STATIC,
    /** Each from one row of the stream, whatever the others are. */
    ROWS,
    /** Each from the rows of one window. */
    WINDOWS
}
