package dev.millrace.testkit.internal.salesforce.soql;

import dev.millrace.testkit.internal.salesforce.soql.Lexer.Kind;
import dev.millrace.testkit.internal.salesforce.soql.Lexer.Token;
import dev.millrace.testkit.internal.salesforce.soql.Query.Condition;
import dev.millrace.testkit.internal.salesforce.soql.Query.Literal;
import dev.millrace.testkit.internal.salesforce.soql.Query.Operator;
import dev.millrace.testkit.internal.salesforce.soql.Query.Order;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads SOQL by recursive descent. As in Salesforce, AND and OR on one level need parentheses. */
public final class Parser {
    private static final Map<String, Operator> OPERATORS = Map.of(
            "=", Operator.EQUAL,
            "!=", Operator.NOT_EQUAL,
            "<>", Operator.NOT_EQUAL,
            "<", Operator.LESS,
            "<=", Operator.LESS_OR_EQUAL,
            ">", Operator.GREATER,
            ">=", Operator.GREATER_OR_EQUAL);

    private final List<Token> tokens;
    private int next;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws SoqlException if it is not SOQL, or more of it than this service knows */
    public static Query parse(String query) {
        return new Parser(Lexer.tokens(query)).query();
    }

    private Query query() {
        expectWord("SELECT");
        List<String> fields = new ArrayList<>();
        if (peek().isWord("COUNT") && tokens.get(next + 1).isSymbol("(")) {
            next += 2;
            expectSymbol(")");
        } else {
            do {
                fields.add(name());
            } while (acceptSymbol(","));
        }
        expectWord("FROM");
        String object = name();
        Optional<Condition> where = acceptWord("WHERE") ? Optional.of(condition()) : Optional.empty();
        List<Order> orderBy = new ArrayList<>();
        if (acceptWord("ORDER")) {
            expectWord("BY");
            do {
                orderBy.add(order());
            } while (acceptSymbol(","));
        }
        OptionalInt limit = acceptWord("LIMIT") ? OptionalInt.of(count()) : OptionalInt.empty();
        OptionalInt offset = acceptWord("OFFSET") ? OptionalInt.of(count()) : OptionalInt.empty();
        if (peek().kind() != Kind.END) {
            throw unexpected();
        }
        return new Query(fields, object, where, orderBy, limit, offset);
    }

    private Order order() {
        String field = name();
        boolean descending = acceptWord("DESC");
        if (!descending) {
            acceptWord("ASC");
        }
        boolean nullsLast = false;
        if (acceptWord("NULLS")) {
            nullsLast = acceptWord("LAST");
            if (!nullsLast) {
                expectWord("FIRST");
            }
        }
        return new Order(field, descending, nullsLast);
    }

    private Condition condition() {
        Condition first = part();
        if (!peek().isWord("AND") && !peek().isWord("OR")) {
            return first;
        }
        String connective = peek().text();
        List<Condition> parts = new ArrayList<>(List.of(first));
        while (acceptWord(connective)) {
            parts.add(part());
        }
        if (peek().isWord("AND") || peek().isWord("OR")) {
            throw unexpected();
        }
        return connective.equalsIgnoreCase("AND") ? new Condition.And(parts) : new Condition.Or(parts);
    }

    private Condition part() {
        if (acceptWord("NOT")) {
            return new Condition.Not(part());
        }
        if (acceptSymbol("(")) {
            Condition inner = condition();
            expectSymbol(")");
            return inner;
        }
        return comparison(name());
    }

    private Condition comparison(String field) {
        if (acceptWord("LIKE")) {
            return new Condition.Compare(field, Operator.LIKE, literal());
        }
        boolean negated = acceptWord("NOT");
        if (negated || peek().isWord("IN")) {
            expectWord("IN");
            expectSymbol("(");
            List<Literal> values = new ArrayList<>();
            do {
                values.add(literal());
            } while (acceptSymbol(","));
            expectSymbol(")");
            return new Condition.In(field, negated, values);
        }
        Operator operator = peek().kind() == Kind.SYMBOL ? OPERATORS.get(peek().text()) : null;
        if (operator == null) {
            throw unexpected();
        }
        next++;
        return new Condition.Compare(field, operator, literal());
    }

    private Literal literal() {
        Token token = peek();
        try {
            Literal literal = switch (token.kind()) {
                case STRING -> new Literal.Text(unescape(token));
                case NUMBER -> new Literal.Numeral(new BigDecimal(token.text()));
                case DATE -> new Literal.Date(LocalDate.parse(token.text()));
                case DATETIME ->
                    new Literal.DateTime(
                            OffsetDateTime.parse(token.text().replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                                    .toInstant());
                case WORD -> word(token);
                case SYMBOL, END -> throw unexpected();
            };
            next++;
            return literal;
        } catch (DateTimeException e) {
            throw SoqlException.malformed(Lexer.at(token.column()) + "Invalid date: " + token.text());
        }
    }

    private Literal word(Token token) {
        if (token.isWord("null")) {
            return new Literal.Null();
        }
        if (token.isWord("true") || token.isWord("false")) {
            return new Literal.Bool(token.isWord("true"));
        }
        throw unexpected();
    }

    private static String unescape(Token token) {
        StringBuilder text = new StringBuilder();
        String quoted = token.text();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'n', 'N' -> text.append('\n');
                case 'r', 'R' -> text.append('\r');
                case 't', 'T' -> text.append('\t');
                case 'b', 'B' -> text.append('\b');
                case 'f', 'F' -> text.append('\f');
                case '\'', '"', '\\' -> text.append(escaped);
                // Only LIKE knows these; they stay escaped for it.
                case '_', '%' -> text.append('\\').append(escaped);
                default ->
                    throw SoqlException.malformed(
                            Lexer.at(token.column()) + "Illegal escape sequence in string: \\" + escaped);
            }
        }
        return text.toString();
    }

    private int count() {
        Token token = peek();
        if (token.kind() != Kind.NUMBER || !token.text().matches("\\d{1,9}")) {
            throw unexpected();
        }
        next++;
        return Integer.parseInt(token.text());
    }

    private String name() {
        if (peek().kind() != Kind.WORD) {
            throw unexpected();
        }
        return tokens.get(next++).text();
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean acceptWord(String word) {
        boolean found = peek().isWord(word);
        next += found ? 1 : 0;
        return found;
    }

    private boolean acceptSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        next += found ? 1 : 0;
        return found;
    }

    private void expectWord(String word) {
        if (!acceptWord(word)) {
            throw unexpected();
        }
    }

    private void expectSymbol(String symbol) {
        if (!acceptSymbol(symbol)) {
            throw unexpected();
        }
    }

    private SoqlException unexpected() {
        return SoqlException.malformed(Lexer.at(peek().column())
                + (peek().kind() == Kind.END
                        ? "unexpected end of query"
                        : "unexpected token: '" + peek().text() + "'"));
    }
}
