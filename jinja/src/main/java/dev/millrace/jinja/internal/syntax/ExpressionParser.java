package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.internal.tree.Arguments;
import dev.millrace.jinja.internal.tree.Collect;
import dev.millrace.jinja.internal.tree.Comparison;
import dev.millrace.jinja.internal.tree.Concat;
import dev.millrace.jinja.internal.tree.Expr;
import dev.millrace.jinja.internal.tree.Logic;
import dev.millrace.jinja.internal.tree.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The grammar of expressions above the operands, with Jinja's precedence. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final Context context;
    private final OperandParser operands;

    ExpressionParser(TokenStream tokens, Context context) {
        this.tokens = tokens;
        this.context = context;
        this.operands = new OperandParser(tokens, context, this);
    }

    Expr expression() {
        tokens.enter();
        try {
            return conditional();
        } finally {
            tokens.leave();
        }
    }

    /** An expression without inline {@code if}, as after {@code in} of a loop. */
    Expr unconditional() {
        tokens.enter();
        try {
            return or();
        } finally {
            tokens.leave();
        }
    }

    /** Expressions separated by commas make a tuple. */
    Expr tuple() {
        return tuple(this::expression, false);
    }

    Expr unconditionalTuple() {
        return tuple(this::unconditional, false);
    }

    Expr tuple(Supplier<Expr> element, boolean parenthesized) {
        List<Expr> elements = new ArrayList<>();
        boolean isTuple = false;
        while (true) {
            if (!elements.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (isTupleEnd()) {
                break;
            }
            elements.add(element.get());
            if (!tokens.isOperator(",")) {
                break;
            }
            isTuple = true;
        }
        if (!isTuple && !elements.isEmpty()) {
            return elements.get(0);
        } else if (!isTuple && !parenthesized) {
            throw tokens.error(
                    "Expected an expression, got '" + tokens.current().describe() + "'", tokens.current());
        }
        return Collect.tuple(elements);
    }

    private boolean isTupleEnd() {
        return tokens.is(Token.Kind.VARIABLE_END)
                || tokens.is(Token.Kind.BLOCK_END)
                || tokens.isOperator(")")
                || tokens.isName("recursive");
    }

    Arguments arguments() {
        return operands.arguments();
    }

    /** {@code name(args)|name…}, applied to {@code input}. */
    Expr filters(Expr input, boolean startsWithPipe) {
        return operands.filters(input, startsWithPipe);
    }

    private Expr conditional() {
        Token start = tokens.current();
        int unknown = context.unknownCount();
        Expr then = or();
        while (tokens.skipName("if")) {
            Expr test = or();
            Expr otherwise = null;
            if (tokens.skipName("else")) {
                otherwise = expression();
            }
            then = new Logic.Conditional(test, then, otherwise, tokens.position(start));
            context.forgetUnknown(unknown);
        }
        return then;
    }

    private Expr or() {
        Expr left = and();
        while (tokens.skipName("or")) {
            left = new Logic.Or(left, and());
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (tokens.skipName("and")) {
            left = new Logic.And(left, not());
        }
        return left;
    }

    private Expr not() {
        int count = 0;
        while (tokens.skipName("not")) {
            count++;
        }
        Expr operand = comparison();
        for (int i = 0; i < Math.min(count, count % 2 == 0 ? 2 : 1); i++) {
            operand = new Logic.Not(operand);
        }
        return operand;
    }

    private Expr comparison() {
        Token start = tokens.current();
        Expr first = sum();
        List<String> operators = new ArrayList<>();
        List<Expr> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skipName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.look().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                break;
            }
            others.add(sum());
        }
        return others.isEmpty() ? first : new Comparison(first, operators, others, tokens.position(start));
    }

    private Expr sum() {
        Token start = tokens.current();
        Expr left = concat();
        while (tokens.isOperator("+") || tokens.isOperator("-")) {
            String operator = tokens.next().text();
            left = Operator.binary(operator, left, concat(), tokens.position(start));
        }
        return left;
    }

    private Expr concat() {
        Expr first = product();
        if (!tokens.isOperator("~")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Concat(parts);
    }

    private Expr product() {
        Token start = tokens.current();
        Expr left = power();
        while (tokens.isOperator("*") || tokens.isOperator("/") || tokens.isOperator("//") || tokens.isOperator("%")) {
            String operator = tokens.next().text();
            left = Operator.binary(operator, left, power(), tokens.position(start));
        }
        return left;
    }

    private Expr power() {
        Token start = tokens.current();
        Expr left = operands.unary();
        while (tokens.skipOperator("**")) {
            left = Operator.binary("**", left, operands.unary(), tokens.position(start));
        }
        return left;
    }
}
