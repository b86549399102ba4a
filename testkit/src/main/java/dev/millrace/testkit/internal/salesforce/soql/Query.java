package dev.millrace.testkit.internal.salesforce.soql;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A parsed SOQL query.
 *
 * @param fields what is selected; empty for {@code count()}
 */
public record Query(
        List<String> fields,
        String object,
        Optional<Condition> where,
        List<Order> orderBy,
        OptionalInt limit,
        OptionalInt offset) {
    public Query {
        fields = List.copyOf(fields);
        orderBy = List.copyOf(orderBy);
    }

    /** One key of ORDER BY. */
    public record Order(String field, boolean descending, boolean nullsLast) {}

    /** A condition of WHERE. */
    public sealed interface Condition {
        /** All of them hold. */
        record And(List<Condition> parts) implements Condition {}

        /** At least one of them holds. */
        record Or(List<Condition> parts) implements Condition {}

        record Not(Condition part) implements Condition {}

        record Compare(String field, Operator operator, Literal value) implements Condition {}

        record In(String field, boolean negated, List<Literal> values) implements Condition {}
    }

    /** How a field is compared with a value. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        LIKE
    }

    /** A value as written in the query. */
    public sealed interface Literal {
        record Text(String value) implements Literal {}

        record Numeral(java.math.BigDecimal value) implements Literal {}

        record Bool(boolean value) implements Literal {}

        record Date(java.time.LocalDate value) implements Literal {}

        record DateTime(java.time.Instant value) implements Literal {}

        record Null() implements Literal {}
    }
}
