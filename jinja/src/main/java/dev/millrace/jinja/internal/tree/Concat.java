package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Sizes;
import java.util.List;

/** {@code a ~ b ~ c}. */
public final class Concat extends Expr {
    private final Expr[] parts;

    public Concat(List<Expr> parts) {
        this.parts = parts.toArray(Expr[]::new);
    }

    @Override
    Object eval(Frame frame) {
        StringBuilder out = new StringBuilder();
        for (Expr part : parts) {
            out.append(Repr.str(part.eval(frame)));
        }
        Sizes.checkText(out.length());
        return out.toString();
    }
}
