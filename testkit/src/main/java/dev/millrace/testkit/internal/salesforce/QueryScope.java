package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.internal.salesforce.soql.Query;
import dev.millrace.testkit.internal.salesforce.soql.SoqlException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The object that a query reads: finds its fields, and runs the query over its rows. */
final class QueryScope {
    private static final int MAX_OFFSET = 2_000;

    private final Table table;

    QueryScope(Table table) {
        this.table = table;
    }

    SalesforceField field(String name) {
        if (name.contains(".")) {
            throw new SoqlException(
                    "INVALID_FIELD",
                    "Didn't understand relationship '" + name.substring(0, name.indexOf('.'))
                            + "' in field path. If you are attempting to use a custom relationship, be sure to append"
                            + " the '__r' after the custom relationship name.");
        }
        return table.schema()
                .field(name)
                .orElseThrow(() -> new SoqlException(
                        "INVALID_FIELD",
                        "No such column '" + name + "' on entity '"
                                + table.schema().name()
                                + "'. If you are attempting to use a custom field, be sure to append the '__c' after"
                                + " the custom field name."));
    }

    List<SalesforceField> selected(Query query) {
        return query.fields().stream().map(this::field).toList();
    }

    /** The rows in order, deleted ones only if asked for. */
    List<Row> rows(Query query, boolean withDeleted) {
        Predicate<Row> where = query.where().map(new RowFilter(this)::bind).orElse(row -> true);
        int offset = query.offset().orElse(0);
        if (offset > MAX_OFFSET) {
            throw new SoqlException("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is " + MAX_OFFSET);
        }
        Stream<Row> rows = table.rows().stream()
                .filter(row -> withDeleted || !row.deleted())
                .filter(where);
        if (!query.orderBy().isEmpty()) {
            rows = rows.sorted(order(query.orderBy()));
        }
        return rows.skip(offset).limit(query.limit().orElse(Integer.MAX_VALUE)).toList();
    }

    /** Two values of one field, both present. */
    @SuppressWarnings("unchecked") // A field's values all have the one Comparable type of its kind.
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            throw new IllegalArgumentException("null does not compare");
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private Comparator<Row> order(List<Query.Order> keys) {
        List<Comparator<Row>> comparators = keys.stream().map(this::order).toList();
        return (a, b) -> {
            for (Comparator<Row> comparator : comparators) {
                int compared = comparator.compare(a, b);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
    }

    private Comparator<Row> order(Query.Order key) {
        SalesforceField field = field(key.field());
        return (a, b) -> {
            Object left = a.value(field);
            Object right = b.value(field);
            if (left == null || right == null) {
                int nullsFirst = Boolean.compare(left != null, right != null);
                return key.nullsLast() ? -nullsFirst : nullsFirst;
            }
            int compared = left instanceof String text
                    ? text.toLowerCase(Locale.ROOT).compareTo(right.toString().toLowerCase(Locale.ROOT))
                    : compare(left, right);
            return key.descending() ? -compared : compared;
        };
    }
}
