package dev.millrace.jinja.internal.tree;

/** An executable statement. Immutable once linked, shared by all threads. */
public abstract class Stmt {
    abstract Flow exec(Frame frame, Output out);
}
