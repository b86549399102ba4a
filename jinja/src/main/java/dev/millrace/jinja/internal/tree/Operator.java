package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.value.Arithmetic;
import org.jspecify.annotations.Nullable;

/** Arithmetic operators. */
public final class Operator {
    private Operator() {}

    @FunctionalInterface
    private interface Binary {
        Object apply(Object left, Object right);
    }

    public static Expr binary(String operator, Expr left, Expr right, Position position) {
        Binary function = switch (operator) {
            case "+" -> Arithmetic::add;
            case "-" -> Arithmetic::subtract;
            case "*" -> Arithmetic::multiply;
            case "/" -> Arithmetic::divide;
            case "//" -> Arithmetic::floorDivide;
            case "%" -> Arithmetic::modulo;
            default -> Arithmetic::power;
        };
        return new BinaryExpr(function, left, right, position);
    }

    public static Expr negative(Expr operand, Position position) {
        return new Sign(operand, true, position);
    }

    public static Expr positive(Expr operand, Position position) {
        return new Sign(operand, false, position);
    }

    private static final class BinaryExpr extends Expr {
        private final Binary function;
        private final Expr left;
        private final Expr right;
        private final Position position;

        BinaryExpr(Binary function, Expr left, Expr right, Position position) {
            this.function = function;
            this.left = left;
            this.right = right;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            Object a = left.eval(frame);
            Object b = right.eval(frame);
            try {
                return function.apply(a, b);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
        }
    }

    private static final class Sign extends Expr {
        private final Expr operand;
        private final boolean negative;
        private final Position position;

        Sign(Expr operand, boolean negative, Position position) {
            this.operand = operand;
            this.negative = negative;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            return apply(operand.eval(frame));
        }

        private Object apply(Object value) {
            try {
                return negative ? Arithmetic.negate(value) : Arithmetic.plus(value);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
        }

        @Override
        public @Nullable Object literal() {
            Object value = operand.literal();
            return value instanceof Long || value instanceof Double ? apply(value) : null;
        }
    }
}
