package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.internal.value.Truth;
import org.jspecify.annotations.Nullable;

/** An executable expression. Immutable once linked, shared by all threads. */
public abstract class Expr {
    abstract Object eval(Frame frame);

    boolean truth(Frame frame) {
        return Truth.of(eval(frame));
    }

    /** A fresh value when the expression is made of literals only, else null. */
    public @Nullable Object literal() {
        return null;
    }
}
