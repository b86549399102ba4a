package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Limits;
import dev.millrace.jinja.internal.library.Library;

/** The budget and the library of one render. Owned by the thread that renders. */
public final class Run {
    private static final long INTERRUPT_MASK = 0xff;

    private final Limits limits;
    private final Library library;
    private final boolean keepsTypes;
    private long steps;
    private long chars;
    private int depth;

    public Run(Limits limits, Library library, boolean keepsTypes) {
        this.limits = limits;
        this.library = library;
        this.keepsTypes = keepsTypes;
    }

    /** For calls a host makes outside any render. */
    public static Run fresh() {
        return new Run(Limits.DEFAULT, Library.BUILT_IN, false);
    }

    public Library library() {
        return library;
    }

    /** Whether values, not text, are wanted: the template is a YAML value. */
    public boolean keepsTypes() {
        return keepsTypes;
    }

    /** Counts a loop iteration or a macro call, and ends the render of an interrupted thread. */
    public void step() {
        long count = ++steps;
        if (count > limits.steps()) {
            throw JinjaException.limit("template used more than " + limits.steps() + " steps");
        }
        if ((count & INTERRUPT_MASK) == 0 && Thread.currentThread().isInterrupted()) {
            throw JinjaException.limit("rendering was interrupted");
        }
    }

    void enter() {
        step();
        if (++depth > limits.depth()) {
            depth--;
            throw JinjaException.limit("maximum recursion depth exceeded");
        }
    }

    void leave() {
        depth--;
    }

    void wrote(int count) {
        chars += count;
        if (chars > limits.outputChars()) {
            throw JinjaException.limit("template wrote more than " + limits.outputChars() + " characters");
        }
    }
}
