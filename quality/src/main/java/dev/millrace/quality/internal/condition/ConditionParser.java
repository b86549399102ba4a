package dev.millrace.quality.internal.condition;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.quality.internal.condition.RowCondition.ColumnName;
import dev.millrace.quality.internal.condition.RowCondition.Constant;
import dev.millrace.quality.internal.condition.RowCondition.Joined;
import dev.millrace.quality.internal.condition.RowCondition.Not;
import dev.millrace.quality.internal.condition.RowCondition.Operand;
import dev.millrace.quality.internal.condition.RowCondition.Test;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the part of pandas' query syntax, of Great Expectations' {@code col("a") > 5} and of SQL that compares columns
 * with values. Nothing of the text reaches the warehouse as it is written.
 */
public final class ConditionParser {
    private static final List<String> PARSERS =
            List.of("pandas", "great_expectations", "great_expectations__experimental__", "spark", "sql");
    private static final Map<String, String> OPERATORS =
            Map.of("==", "=", "=", "=", "!=", "<>", "<>", "<>", "<", "<", "<=", "<=", ">", ">", ">=", ">=");

    private final Tokens tokens;
    private final boolean pandas;

    private ConditionParser(Tokens tokens, boolean pandas) {
        this.tokens = tokens;
        this.pandas = pandas;
    }

    /**
     * @param parser the {@code condition_parser}, such as {@code pandas}
     * @throws MillraceException CONFIG_INVALID for what is no condition or not supported
     */
    public static RowCondition parse(String text, String parser, Position position) {
        if (!PARSERS.contains(parser)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "unknown condition_parser '" + parser + "'",
                    position,
                    Suggestion.hint(parser, PARSERS),
                    null);
        }
        boolean sql = parser.equals("sql") || parser.equals("spark");
        Tokens tokens = new Tokens(text, position, sql);
        ConditionParser reader = new ConditionParser(tokens, parser.equals("pandas"));
        RowCondition condition = reader.or();
        if (tokens.peek().kind() != Tokens.Kind.END) {
            throw tokens.unexpected(tokens.peek(), "'and', 'or' or the end");
        }
        return condition;
    }

    private RowCondition or() {
        List<RowCondition> parts = new ArrayList<>(List.of(and()));
        while (tokens.takeIf("or", "|", "||")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Joined("or", parts);
    }

    private RowCondition and() {
        List<RowCondition> parts = new ArrayList<>(List.of(not()));
        while (tokens.takeIf("and", "&", "&&")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Joined("and", parts);
    }

    private RowCondition not() {
        return tokens.takeIf("not", "~", "!") ? new Not(not()) : primary();
    }

    private RowCondition primary() {
        if (tokens.takeIf("(")) {
            RowCondition inner = or();
            tokens.expect(")");
            return inner;
        }
        Operand left = operand();
        if (tokens.takeIf(".")) {
            return method(left);
        }
        boolean negated = tokens.takeIf("not");
        String not = negated ? "not " : "";
        if (tokens.takeIf("in")) {
            return test(left, not + "in", list());
        }
        if (tokens.takeIf("between")) {
            Operand from = operand();
            tokens.expect("and");
            return test(left, not + "between", List.of(from, operand()));
        }
        if (tokens.takeIf("like")) {
            return test(left, not + "like", List.of(operand()));
        }
        if (!negated && tokens.takeIf("is")) {
            String word = tokens.takeIf("not") ? "is not null" : "is null";
            if (!tokens.takeIf("null", "none")) {
                throw tokens.unexpected(tokens.peek(), "null");
            }
            return test(left, word, List.of());
        }
        Tokens.Token operator = tokens.take();
        String sql = OPERATORS.get(operator.text());
        if (negated || operator.kind() != Tokens.Kind.SYMBOL || sql == null) {
            throw tokens.unexpected(operator, "a comparison");
        }
        Operand right = operand();
        if (OPERATORS.containsKey(tokens.peek().text())) {
            throw tokens.error(
                    "a chain of comparisons is not supported", tokens.peek().at());
        }
        return test(left, sql, List.of(right));
    }

    private Test test(Operand left, String operator, List<Operand> right) {
        return new Test(left, operator, right, pandas);
    }

    private RowCondition method(Operand left) {
        Tokens.Token name = tokens.take();
        String method = name.text().toLowerCase(Locale.ROOT).replace("_", "");
        tokens.expect("(");
        RowCondition condition = switch (method) {
            case "notnull", "notna", "isnotnull" -> test(left, "is not null", List.of());
            case "isnull", "isna" -> test(left, "is null", List.of());
            case "isin" -> test(left, "in", list());
            case "isnotin" -> test(left, "not in", list());
            default -> throw tokens.error("'" + name.text() + "()' is not supported", name.at());
        };
        tokens.expect(")");
        return condition;
    }

    private List<Operand> list() {
        Tokens.Token open = tokens.take();
        String close = open.is("[") ? "]" : open.is("{") ? "}" : ")";
        if (!open.is("[") && !open.is("(") && !open.is("{")) {
            throw tokens.unexpected(open, "a list");
        }
        List<Operand> items = new ArrayList<>();
        while (!tokens.takeIf(close)) {
            if (!items.isEmpty()) {
                tokens.expect(",");
            }
            items.add(operand());
        }
        return items;
    }

    private Operand operand() {
        Tokens.Token token = tokens.take();
        return switch (token.kind()) {
            case TEXT -> new Constant(token.text());
            case NUMBER -> new Constant(new BigDecimal(token.text()));
            case QUOTED -> new ColumnName(token.text(), tokens.position(token));
            case NAME -> name(token);
            case SYMBOL, END -> {
                if (token.is("-") && tokens.peek().kind() == Tokens.Kind.NUMBER) {
                    yield new Constant(new BigDecimal(tokens.take().text()).negate());
                }
                throw tokens.unexpected(token, "a column or a value");
            }
        };
    }

    private Operand name(Tokens.Token token) {
        switch (token.text().toLowerCase(Locale.ROOT)) {
            case "true" -> {
                return new Constant(true);
            }
            case "false" -> {
                return new Constant(false);
            }
            case "none", "null" -> {
                return new Constant(null);
            }
            default -> {}
        }
        if (!token.is("col") || !tokens.takeIf("(")) {
            return new ColumnName(token.text(), tokens.position(token));
        }
        Tokens.Token name = tokens.take();
        if (name.kind() != Tokens.Kind.TEXT && name.kind() != Tokens.Kind.QUOTED) {
            throw tokens.unexpected(name, "the name of a column in quotes");
        }
        tokens.expect(")");
        return new ColumnName(name.text(), tokens.position(name));
    }
}
