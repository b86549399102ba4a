package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.value.Compare;
import java.util.List;

/** A chain of comparisons: {@code a < b == c}. */
public final class Comparison extends Expr {
    private final Expr first;
    private final String[] operators;
    private final Expr[] operands;
    private final Position position;

    public Comparison(Expr first, List<String> operators, List<Expr> operands, Position position) {
        this.first = first;
        this.operators = operators.toArray(String[]::new);
        this.operands = operands.toArray(Expr[]::new);
        this.position = position;
    }

    @Override
    Object eval(Frame frame) {
        return truth(frame);
    }

    @Override
    boolean truth(Frame frame) {
        Object left = first.eval(frame);
        for (int i = 0; i < operators.length; i++) {
            Object right = operands[i].eval(frame);
            if (!test(operators[i], left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private boolean test(String operator, Object left, Object right) {
        try {
            return switch (operator) {
                case "==" -> Compare.equal(left, right);
                case "!=" -> !Compare.equal(left, right);
                case "in" -> Compare.contains(right, left);
                case "not in" -> !Compare.contains(right, left);
                default -> Compare.test(operator, left, right);
            };
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
    }
}
