package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.tree.Arguments;
import dev.millrace.jinja.internal.tree.Collect;
import dev.millrace.jinja.internal.tree.Expr;
import dev.millrace.jinja.internal.tree.Filtered;
import dev.millrace.jinja.internal.tree.Invoke;
import dev.millrace.jinja.internal.tree.Literal;
import dev.millrace.jinja.internal.tree.Logic;
import dev.millrace.jinja.internal.tree.Member;
import dev.millrace.jinja.internal.tree.Name;
import dev.millrace.jinja.internal.tree.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operands with what may follow them: attributes, subscripts, calls, filters and tests. */
final class OperandParser {
    private final TokenStream tokens;
    private final Context context;
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, Context context, ExpressionParser expressions) {
        this.tokens = tokens;
        this.context = context;
        this.expressions = expressions;
    }

    Expr unary() {
        return unary(true);
    }

    private Expr unary(boolean withFilters) {
        tokens.enter();
        try {
            Token start = tokens.current();
            Expr operand;
            if (tokens.skipOperator("-")) {
                operand = Operator.negative(unary(false), tokens.position(start));
            } else if (tokens.skipOperator("+")) {
                operand = Operator.positive(unary(false), tokens.position(start));
            } else {
                operand = primary();
            }
            operand = postfix(operand, start);
            return withFilters ? filtersAndTests(operand) : operand;
        } finally {
            tokens.leave();
        }
    }

    private Expr primary() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> strings();
            case INTEGER, FLOAT -> new Literal(tokens.next().value());
            default -> display(token);
        };
    }

    private Expr name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Literal(true);
            case "false", "False" -> new Literal(false);
            case "none", "None" -> new Literal(None.NONE);
            default -> context.use(token.text());
        };
    }

    private Expr strings() {
        String text = tokens.next().text();
        while (tokens.is(Token.Kind.STRING)) {
            text += tokens.next().text();
        }
        return new Literal(text);
    }

    private Expr display(Token token) {
        if (tokens.skipOperator("(")) {
            Expr inner = expressions.tuple(expressions::expression, true);
            tokens.expectOperator(")");
            return inner;
        } else if (tokens.skipOperator("[")) {
            return list();
        } else if (tokens.skipOperator("{")) {
            return dict();
        } else if (token.kind() == Token.Kind.EOF) {
            throw tokens.error("unexpected end of template, expected an expression", token);
        }
        throw tokens.error("unexpected '" + token.describe() + "', expected an expression", token);
    }

    private Expr list() {
        List<Expr> elements = new ArrayList<>();
        while (!tokens.isOperator("]")) {
            if (!elements.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (tokens.isOperator("]")) {
                break;
            }
            elements.add(expressions.expression());
        }
        tokens.expectOperator("]");
        return Collect.list(elements);
    }

    private Expr dict() {
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (!tokens.isOperator("}")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (tokens.isOperator("}")) {
                break;
            }
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
        }
        tokens.expectOperator("}");
        return Collect.dict(keys, values);
    }

    private Expr postfix(Expr operand, Token start) {
        Expr result = operand;
        Token place = start;
        while (true) {
            if (tokens.isOperator(".")) {
                place = tokens.look();
                result = attribute(result);
            } else if (tokens.isOperator("[")) {
                place = tokens.current();
                result = subscript(result);
            } else if (tokens.isOperator("(")) {
                result = call(result, tokens.position(place));
            } else {
                return result;
            }
        }
    }

    private Expr attribute(Expr target) {
        tokens.expectOperator(".");
        Token token = tokens.next();
        Position position = tokens.position(token);
        if (token.kind() == Token.Kind.NAME) {
            return new Member.Attribute(target, token.text(), position);
        } else if (token.kind() == Token.Kind.INTEGER) {
            return new Member.Item(target, new Literal(token.value()), position);
        }
        throw tokens.error("expected name or number, got '" + token.describe() + "'", token);
    }

    private Expr subscript(Expr target) {
        Position position = tokens.position(tokens.expectOperator("["));
        List<Expr> keys = new ArrayList<>();
        while (!tokens.isOperator("]")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            keys.add(subscribed());
        }
        tokens.expectOperator("]");
        Expr key = keys.size() == 1 ? keys.get(0) : Collect.tuple(keys);
        return new Member.Item(target, key, position);
    }

    private Expr subscribed() {
        Expr start = tokens.isOperator(":") ? null : expressions.expression();
        if (start != null && !tokens.isOperator(":")) {
            return start;
        }
        tokens.expectOperator(":");
        Expr stop = spanPart();
        Expr step = tokens.skipOperator(":") ? spanPart() : null;
        return new Member.Span(start, stop, step);
    }

    private @Nullable Expr spanPart() {
        boolean absent = tokens.isOperator(":") || tokens.isOperator("]") || tokens.isOperator(",");
        return absent ? null : expressions.expression();
    }

    private Expr call(Expr callee, Position position) {
        Invoke call = new Invoke(callee, arguments(), position);
        if (callee instanceof Name name) {
            context.call(call, name.name(), position);
        }
        return call;
    }

    Arguments arguments() {
        Token open = tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> keywords = new LinkedHashMap<>();
        Expr rest = null;
        Expr keywordRest = null;
        boolean comma = false;
        while (!tokens.isOperator(")")) {
            if (comma) {
                tokens.expectOperator(",");
                if (tokens.isOperator(")")) {
                    break;
                }
            }
            if (tokens.skipOperator("*")) {
                ensure(rest == null && keywordRest == null, open);
                rest = expressions.expression();
            } else if (tokens.skipOperator("**")) {
                ensure(keywordRest == null, open);
                keywordRest = expressions.expression();
            } else if (tokens.is(Token.Kind.NAME) && tokens.look().isOperator("=")) {
                ensure(keywordRest == null, open);
                Token name = tokens.next();
                tokens.next();
                if (keywords.put(name.text(), expressions.expression()) != null) {
                    throw tokens.error("keyword argument repeated: " + name.text(), name);
                }
            } else {
                ensure(rest == null && keywordRest == null && keywords.isEmpty(), open);
                positional.add(expressions.expression());
            }
            comma = true;
        }
        tokens.expectOperator(")");
        boolean empty = positional.isEmpty() && keywords.isEmpty() && rest == null && keywordRest == null;
        return empty ? Arguments.NONE : new Arguments(positional, keywords, rest, keywordRest);
    }

    private void ensure(boolean valid, Token open) {
        if (!valid) {
            throw tokens.error("invalid syntax for function call expression", open);
        }
    }

    private Expr filtersAndTests(Expr operand) {
        Expr result = operand;
        while (true) {
            if (tokens.isOperator("|")) {
                result = filters(result, true);
            } else if (tokens.isName("is")) {
                result = test(result);
            } else if (tokens.isOperator("(")) {
                result = call(result, tokens.position(tokens.current()));
            } else {
                return result;
            }
        }
    }

    Expr filters(Expr input, boolean startsWithPipe) {
        Expr result = input;
        boolean pipe = startsWithPipe;
        while (!pipe || tokens.isOperator("|")) {
            if (pipe) {
                tokens.next();
            }
            pipe = true;
            Token token = tokens.current();
            String name = dottedName();
            Arguments arguments = tokens.isOperator("(") ? arguments() : Arguments.NONE;
            Callable filter = context.library().filters().get(name);
            check(filter, "filter", name, token);
            result = new Filtered.Filter(result, name, filter, arguments, tokens.position(token));
        }
        return result;
    }

    private Expr test(Expr operand) {
        tokens.next();
        boolean negated = tokens.skipName("not");
        Token token = tokens.current();
        String name = dottedName();
        Arguments arguments = Arguments.NONE;
        if (tokens.isOperator("(")) {
            arguments = arguments();
        } else if (startsTestArgument()) {
            if (tokens.isName("is")) {
                throw tokens.error("You cannot chain multiple tests with is", tokens.current());
            }
            Token start = tokens.current();
            arguments = new Arguments(List.of(postfix(primary(), start)), Map.of(), null, null);
        }
        Callable test = context.library().tests().get(name);
        check(test, "test", name, token);
        Expr result = new Filtered.Test(operand, name, test, arguments, tokens.position(token));
        return negated ? new Logic.Not(result) : result;
    }

    private boolean startsTestArgument() {
        Token token = tokens.current();
        return switch (token.kind()) {
            case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
            case STRING, INTEGER, FLOAT -> true;
            default -> token.isOperator("[") || token.isOperator("{");
        };
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME).text());
        }
        return name.toString();
    }

    private void check(@Nullable Callable function, String what, String name, Token token) {
        if (function == null && !context.inBranch()) {
            context.unknown(new JinjaException(
                    JinjaException.Kind.ASSERTION,
                    "No " + what + " named '" + name + "'.",
                    tokens.position(token),
                    null));
        }
    }
}
