package dev.millrace.quality.internal.expectation;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.RelationName;
import dev.millrace.quality.internal.condition.RowCondition;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The relation that is checked, as it is now.
 *
 * @param type looked up when asked for, in the session in which the expectation becomes a question
 * @param columns as the warehouse describes them, in order
 * @param condition which rows are looked at; empty for all
 */
public record Subject(
        RelationName relation,
        Supplier<RelationType> type,
        List<Column> columns,
        Dialect dialect,
        Optional<RowCondition> condition) {
    TableColumn column(String name, Position position) {
        Column found = columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "there is no column '" + name + "' in " + relation,
                        position,
                        Suggestion.hint(name, columns.stream().map(Column::name).toList()),
                        null));
        return new TableColumn(
                found.name(), dialect.quote(found.name()), found.type(), dialect.dataType(found.type()), dialect);
    }

    /** The relation, or its rows that the row condition lets through. */
    String rows() {
        String filter = filter();
        String name = dialect.quote(relation);
        return filter.isEmpty() ? name : "(select * from " + name + " where " + filter + ")";
    }

    private String filter() {
        return condition
                .map(rows -> rows.sql((name, position) -> column(name, position).sql(), dialect))
                .orElse("");
    }

    /** {@code from relation where …} with the row condition and {@code conditions}; empty ones are left out. */
    String from(String... conditions) {
        StringBuilder sql = new StringBuilder(" from ").append(dialect.quote(relation));
        String separator = " where ";
        String filter = filter();
        if (!filter.isEmpty()) {
            sql.append(separator).append(filter);
            separator = " and ";
        }
        for (String condition : conditions) {
            if (!condition.isEmpty()) {
                sql.append(separator).append('(').append(condition).append(')');
                separator = " and ";
            }
        }
        return sql.toString();
    }

    /** How many rows there are for which all conditions are true. */
    CheckQuery count(String... conditions) {
        return CheckQuery.rows(from(conditions));
    }
}
