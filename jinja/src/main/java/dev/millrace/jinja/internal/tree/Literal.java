package dev.millrace.jinja.internal.tree;

/** An immutable constant. */
public final class Literal extends Expr {
    private final Object value;

    public Literal(Object value) {
        this.value = value;
    }

    @Override
    Object eval(Frame frame) {
        return value;
    }

    @Override
    public Object literal() {
        return value;
    }
}
