package dev.millrace.quality.internal.condition;

import dev.millrace.core.Position;
import dev.millrace.warehouse.Dialect;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rows of a relation an expectation is about. Immutable. */
public sealed interface RowCondition {
    /** Finds a column by its name. */
    @FunctionalInterface
    interface Columns {
        /** The column's name in quotes. */
        String sql(String name, Position position);
    }

    /** The condition in the warehouse's SQL, in brackets where it needs them. */
    String sql(Columns columns, Dialect dialect);

    /** Two conditions or more, joined by {@code and} or {@code or}. */
    record Joined(String word, List<RowCondition> parts) implements RowCondition {
        @Override
        public String sql(Columns columns, Dialect dialect) {
            return parts.stream()
                    .map(part -> part.sql(columns, dialect))
                    .collect(Collectors.joining(" " + word + " ", "(", ")"));
        }
    }

    /** What is not so. */
    record Not(RowCondition part) implements RowCondition {
        @Override
        public String sql(Columns columns, Dialect dialect) {
            return "not " + part.sql(columns, dialect);
        }
    }

    /**
     * Something that is true of an operand.
     *
     * @param known whether a comparison with null is false, as in pandas, and not unknown, as in SQL
     */
    record Test(Operand left, String operator, List<Operand> right, boolean known) implements RowCondition {
        @Override
        public String sql(Columns columns, Dialect dialect) {
            String subject = left.sql(columns, dialect);
            List<String> values =
                    right.stream().map(value -> value.sql(columns, dialect)).toList();
            String text = switch (operator) {
                case "is null", "is not null" -> subject + " " + operator;
                case "in", "not in" ->
                    values.isEmpty()
                            ? (operator.equals("in") ? "false" : "true")
                            : subject + " " + operator + " (" + String.join(", ", values) + ")";
                case "between", "not between" ->
                    subject + " " + operator + " " + values.get(0) + " and " + values.get(1);
                default -> subject + " " + operator + " " + values.get(0);
            };
            if (!known || operator.startsWith("is ")) {
                return "(" + text + ")";
            }
            boolean differs = operator.equals("<>") || operator.startsWith("not ");
            return "coalesce(" + text + ", " + differs + ")";
        }
    }

    /** A column or a value. */
    sealed interface Operand {
        String sql(Columns columns, Dialect dialect);
    }

    /** A column by its name. */
    record ColumnName(String name, Position position) implements Operand {
        @Override
        public String sql(Columns columns, Dialect dialect) {
            return columns.sql(name, position);
        }
    }

    /** A text, number, boolean or null. */
    record Constant(@Nullable Object value) implements Operand {
        @Override
        public String sql(Columns columns, Dialect dialect) {
            if (value instanceof BigDecimal number) {
                return number.toPlainString();
            }
            return value == null || value instanceof Boolean
                    ? String.valueOf(value)
                    : dialect.literal(value.toString());
        }
    }
}
