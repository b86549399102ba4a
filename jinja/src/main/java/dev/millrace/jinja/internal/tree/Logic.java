package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import org.jspecify.annotations.Nullable;

/** {@code and}, {@code or}, {@code not} and the inline {@code if}. */
public final class Logic {
    private Logic() {}

    /** {@code left and right}: one of the operands. */
    public static final class And extends Expr {
        private final Expr left;
        private final Expr right;

        public And(Expr left, Expr right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Object eval(Frame frame) {
            Object value = left.eval(frame);
            return Values.truth(value) ? right.eval(frame) : value;
        }

        @Override
        boolean truth(Frame frame) {
            return left.truth(frame) && right.truth(frame);
        }
    }

    /** {@code left or right}: one of the operands. */
    public static final class Or extends Expr {
        private final Expr left;
        private final Expr right;

        public Or(Expr left, Expr right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Object eval(Frame frame) {
            Object value = left.eval(frame);
            return Values.truth(value) ? value : right.eval(frame);
        }

        @Override
        boolean truth(Frame frame) {
            return left.truth(frame) || right.truth(frame);
        }
    }

    /** {@code not operand}. */
    public static final class Not extends Expr {
        private final Expr operand;

        public Not(Expr operand) {
            this.operand = operand;
        }

        @Override
        Object eval(Frame frame) {
            return !operand.truth(frame);
        }

        @Override
        boolean truth(Frame frame) {
            return !operand.truth(frame);
        }
    }

    /** {@code then if test else otherwise}. */
    public static final class Conditional extends Expr {
        private final Expr test;
        private final Expr then;
        private final @Nullable Expr otherwise;
        private final Undefined missing;

        public Conditional(Expr test, Expr then, @Nullable Expr otherwise, Position position) {
            this.test = test;
            this.then = then;
            this.otherwise = otherwise;
            this.missing = Undefined.because(
                    "inline if",
                    "the inline if-expression on line " + position.line()
                            + " evaluated to false and no else section was defined.");
        }

        @Override
        Object eval(Frame frame) {
            if (test.truth(frame)) {
                return then.eval(frame);
            }
            return otherwise == null ? missing : otherwise.eval(frame);
        }
    }
}
