package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceType;
import dev.millrace.testkit.internal.salesforce.soql.Query.Condition;
import dev.millrace.testkit.internal.salesforce.soql.Query.Literal;
import dev.millrace.testkit.internal.salesforce.soql.Query.Operator;
import dev.millrace.testkit.internal.salesforce.soql.SoqlException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditions bound to an object's fields. As in SOQL, text is compared without regard to case. */
final class RowFilter {
    private final QueryScope scope;

    RowFilter(QueryScope scope) {
        this.scope = scope;
    }

    Predicate<Row> bind(Condition condition) {
        if (condition instanceof Condition.And and) {
            List<Predicate<Row>> parts = and.parts().stream().map(this::bind).toList();
            return row -> parts.stream().allMatch(part -> part.test(row));
        }
        if (condition instanceof Condition.Or or) {
            List<Predicate<Row>> parts = or.parts().stream().map(this::bind).toList();
            return row -> parts.stream().anyMatch(part -> part.test(row));
        }
        if (condition instanceof Condition.Not not) {
            return bind(not.part()).negate();
        }
        if (condition instanceof Condition.In in) {
            SalesforceField field = scope.field(in.field());
            List<Optional<Object>> values =
                    in.values().stream().map(value -> valueOf(field, value)).toList();
            return row -> values.contains(Optional.ofNullable(folded(row.value(field)))) != in.negated();
        }
        return compare((Condition.Compare) condition);
    }

    private Predicate<Row> compare(Condition.Compare compare) {
        SalesforceField field = scope.field(compare.field());
        if (compare.operator() == Operator.LIKE) {
            return like(field, compare.value());
        }
        @Nullable Object wanted = valueOf(field, compare.value()).orElse(null);
        return switch (compare.operator()) {
            case EQUAL -> row -> same(row.value(field), wanted);
            case NOT_EQUAL -> row -> !same(row.value(field), wanted);
            case LESS -> row -> ordered(row.value(field), wanted, order -> order < 0);
            case LESS_OR_EQUAL -> row -> ordered(row.value(field), wanted, order -> order <= 0);
            case GREATER -> row -> ordered(row.value(field), wanted, order -> order > 0);
            case GREATER_OR_EQUAL -> row -> ordered(row.value(field), wanted, order -> order >= 0);
            case LIKE -> throw new AssertionError(compare);
        };
    }

    private static Predicate<Row> like(SalesforceField field, Literal literal) {
        if (!field.type().isText() || !(literal instanceof Literal.Text text)) {
            throw new SoqlException(
                    "INVALID_QUERY_FILTER_OPERATOR", "operator LIKE is not valid for field '" + field.name() + "'");
        }
        StringBuilder regex = new StringBuilder();
        String pattern = text.value();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        Pattern compiled =
                Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        return row -> {
            Object value = row.value(field);
            return value != null && compiled.matcher(value.toString()).matches();
        };
    }

    /** The literal as a value of the field, text folded; empty for null. */
    private static Optional<Object> valueOf(SalesforceField field, Literal literal) {
        SalesforceType type = field.type();
        if (literal instanceof Literal.Null) {
            return Optional.empty();
        }
        if (literal instanceof Literal.Text text && type.isText()) {
            // Ids compare in either form, by case.
            String value = type == SalesforceType.ID || type == SalesforceType.REFERENCE
                    ? SalesforceId.canonical(text.value()).orElse(text.value())
                    : text.value();
            return Optional.ofNullable(folded(value));
        }
        if (literal instanceof Literal.Numeral number && type.isNumber()) {
            return Optional.ofNullable(folded(number.value()));
        }
        if (literal instanceof Literal.Bool bool && type == SalesforceType.BOOLEAN) {
            return Optional.of(bool.value());
        }
        if (literal instanceof Literal.Date date && type == SalesforceType.DATE) {
            return Optional.of(date.value());
        }
        if (literal instanceof Literal.DateTime datetime && type == SalesforceType.DATETIME) {
            return Optional.of(datetime.value());
        }
        throw new SoqlException(
                "INVALID_FIELD",
                "value of filter criterion for field '" + field.name() + "' must be of type "
                        + type.soapType().substring(4)
                        + (type.isText()
                                ? " and should be enclosed in quotes"
                                : " and should not be enclosed in quotes"));
    }

    private static boolean same(@Nullable Object value, @Nullable Object wanted) {
        if (value == null || wanted == null) {
            return value == wanted;
        }
        return QueryScope.compare(folded(value), wanted) == 0;
    }

    private static boolean ordered(@Nullable Object value, @Nullable Object wanted, Predicate<Integer> test) {
        return value != null && wanted != null && test.test(QueryScope.compare(folded(value), wanted));
    }

    /** So that equal values are equal objects: text without case, numbers without zeros at the end. */
    private static @Nullable Object folded(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }
}
