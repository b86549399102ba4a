package dev.millrace.serving.internal.data;

import dev.millrace.core.Suggestion;
import dev.millrace.warehouse.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads conditions: {@code not.gt.5}, {@code in.(a,b)}, and groups of them. Stateless but for the columns. */
final class FilterParser {
    private static final Map<String, String> COMPARISONS =
            Map.of("eq", "=", "neq", "<>", "gt", ">", "gte", ">=", "lt", "<", "lte", "<=");
    private static final Map<String, String> STATES =
            Map.of("null", "null", "not_null", "not null", "true", "true", "false", "false", "unknown", "null");
    private static final Set<String> OPERATORS =
            Set.of("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "in", "is", "not");
    private static final int MAX_DEPTH = 50;

    /** Finds a column by name, or throws what the words of the parameter say. */
    private final BiFunction<String, Words, Column> columns;

    FilterParser(BiFunction<String, Words, Column> columns) {
        this.columns = columns;
    }

    /** The parameter {@code column=text}. */
    Filter condition(String column, String text) {
        Words words = new Words(column, text);
        Filter filter = operation(columns.apply(column, words), words, false);
        if (!words.atEnd()) {
            throw words.wrong("there is more than a condition");
        }
        return filter;
    }

    /** The parameter {@code or=(…)} or {@code and=(…)}. */
    Filter group(String word, String text) {
        Words words = new Words(word, text);
        Filter filter = group(word, words, 0);
        if (!words.atEnd()) {
            throw words.wrong("there is more than a group");
        }
        return filter;
    }

    private Filter group(String word, Words words, int depth) {
        if (depth > MAX_DEPTH) {
            throw words.wrong("groups are nested too deeply");
        }
        words.require("(");
        List<Filter> members = new ArrayList<>();
        do {
            members.add(member(words, depth));
        } while (words.take(","));
        words.require(")");
        return new Filter.Group(word, members);
    }

    private Filter member(Words words, int depth) {
        for (String word : List.of("and", "or")) {
            if (words.take("not." + word + "(")) {
                return new Filter.Not(reopened(word, words, depth));
            }
            if (words.take(word + "(")) {
                return reopened(word, words, depth);
            }
        }
        String name = words.upTo(".,()");
        words.require(".");
        return operation(columns.apply(name, words), words, true);
    }

    private Filter reopened(String word, Words words, int depth) {
        if (depth > MAX_DEPTH) {
            throw words.wrong("groups are nested too deeply");
        }
        List<Filter> members = new ArrayList<>();
        do {
            members.add(member(words, depth + 1));
        } while (words.take(","));
        words.require(")");
        return new Filter.Group(word, members);
    }

    /** @param grouped whether a comma or parenthesis ends the value */
    private Filter operation(Column column, Words words, boolean grouped) {
        String operator = words.upTo(".,()");
        if (!OPERATORS.contains(operator)) {
            throw words.wrong("no operator '" + operator + "'", Suggestion.hint(operator, OPERATORS));
        }
        words.require(".");
        if (operator.equals("not")) {
            return new Filter.Not(operation(column, words, grouped));
        }
        if (operator.equals("in")) {
            return new Filter.In(column, list(words));
        }
        String value = grouped ? words.upTo(",)") : words.rest();
        if (operator.equals("is")) {
            String state = STATES.get(value);
            if (state == null) {
                throw words.wrong("'is' takes null, not_null, true or false");
            }
            if (!state.endsWith("null") && !column.type().equals("BOOLEAN")) {
                throw words.wrong("column " + column.name() + " is " + column.type() + ", neither true nor false");
            }
            return new Filter.Is(column, state);
        }
        String comparison = COMPARISONS.get(operator);
        return comparison == null
                ? new Filter.Like(column, operator, value.replace('*', '%'))
                : new Filter.Compare(column, comparison, value);
    }

    private static List<String> list(Words words) {
        words.require("(");
        List<String> values = new ArrayList<>();
        do {
            values.add(words.upTo(",)"));
        } while (words.take(","));
        words.require(")");
        return values;
    }
}
