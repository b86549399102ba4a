package dev.millrace.serving.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The SQL of a request: names quoted, every value a parameter that is cast to its column's type. */
public final class QuerySql {
    private final Dialect dialect;
    private final StringBuilder text = new StringBuilder();
    private final List<String> values = new ArrayList<>();
    private final List<Column> types = new ArrayList<>();

    private QuerySql(Dialect dialect) {
        this.dialect = dialect;
    }

    public static QuerySql of(Dialect dialect, RelationName relation, DataQuery query) {
        QuerySql sql = new QuerySql(dialect);
        sql.select(relation, query);
        return sql;
    }

    public String text() {
        return text.toString();
    }

    public List<String> values() {
        return values;
    }

    /** Throws REQUEST_INVALID for a value that is none of its column's type, before anything is sent. */
    public void checkValues(Session session) {
        if (values.isEmpty()) {
            return;
        }
        StringJoiner casts = new StringJoiner(", ", "select ", "");
        for (Column column : types) {
            casts.add("try_cast(? as " + column.type() + ") is null");
        }
        List<@Nullable Object> bad =
                session.query(casts.toString(), values.toArray()).rows().get(0);
        for (int i = 0; i < bad.size(); i++) {
            if (Boolean.TRUE.equals(bad.get(i))) {
                Column column = types.get(i);
                throw new MillraceException(
                        ErrorCode.REQUEST_INVALID,
                        "'" + values.get(i) + "' is no value of column " + column.name() + ", which is "
                                + column.type(),
                        null,
                        values.get(i).equalsIgnoreCase("null")
                                ? "Ask for nulls by " + column.name() + "=is.null"
                                : null,
                        null);
            }
        }
    }

    private void select(RelationName relation, DataQuery query) {
        StringJoiner outputs = new StringJoiner(", ", "select ", "");
        StringJoiner groups = new StringJoiner(", ", " group by ", "").setEmptyValue("");
        for (DataQuery.Output output : query.outputs()) {
            outputs.add(expression(output) + " as " + dialect.quote(output.name()));
            if (query.aggregates() && output.aggregate().isEmpty()) {
                groups.add(expression(output));
            }
        }
        text.append(outputs).append(" from ").append(dialect.quote(relation)).append(" as r");
        String word = " where ";
        for (Filter filter : query.filters()) {
            text.append(word);
            condition(filter);
            word = " and ";
        }
        text.append(groups);
        StringJoiner orders = new StringJoiner(", ", " order by ", "").setEmptyValue("");
        query.orders().forEach(order -> orders.add(dialect.quote(order.name()) + order.direction()));
        text.append(orders);
        if (query.limit() != Long.MAX_VALUE) {
            text.append(" limit ").append(query.limit());
        }
        if (query.offset() > 0) {
            text.append(" offset ").append(query.offset());
        }
    }

    private String expression(DataQuery.Output output) {
        String column = output.column().map(this::column).orElse("*");
        Optional<String> aggregate = output.aggregate();
        return aggregate.map(function -> function + "(" + column + ")").orElse(column);
    }

    private String column(String name) {
        return "r." + dialect.quote(name);
    }

    private void condition(Filter filter) {
        if (filter instanceof Filter.Compare compare) {
            text.append(column(compare.column().name()))
                    .append(' ')
                    .append(compare.operator())
                    .append(' ');
            value(compare.column(), compare.value());
        } else if (filter instanceof Filter.Like like) {
            text.append("cast(").append(column(like.column().name())).append(" as varchar) ");
            text.append(like.operator()).append(' ');
            value(new Column(like.column().name(), "VARCHAR", true), like.pattern());
        } else if (filter instanceof Filter.In in) {
            text.append(column(in.column().name()));
            String word = " in (";
            for (String each : in.values()) {
                text.append(word);
                value(in.column(), each);
                word = ", ";
            }
            text.append(')');
        } else if (filter instanceof Filter.Is is) {
            text.append(column(is.column().name())).append(" is ").append(is.state());
        } else if (filter instanceof Filter.Not not) {
            text.append("not (");
            condition(not.filter());
            text.append(')');
        } else if (filter instanceof Filter.Group group) {
            String word = "(";
            for (Filter each : group.filters()) {
                text.append(word);
                condition(each);
                word = " " + group.word() + " ";
            }
            text.append(')');
        }
    }

    private void value(Column column, String value) {
        text.append("cast(? as ").append(column.type()).append(')');
        values.add(value);
        types.add(column);
    }
}
