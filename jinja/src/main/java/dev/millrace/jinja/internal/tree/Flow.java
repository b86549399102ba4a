package dev.millrace.jinja.internal.tree;

/** How a statement ended. */
enum Flow {
    NORMAL,
    BREAK,
    CONTINUE
}
