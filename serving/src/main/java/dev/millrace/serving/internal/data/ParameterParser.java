package dev.millrace.serving.internal.data;

import dev.millrace.core.Suggestion;
import dev.millrace.warehouse.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the parameters of a request for rows of a relation with these columns. Not thread-safe. */
public final class ParameterParser {
    private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max");
    private static final Map<String, String> DIRECTIONS =
            Map.of("asc", "asc", "desc", "desc", "nullsfirst", "nulls first", "nullslast", "nulls last");

    private final List<Column> columns;
    private final long maxRows;
    private final FilterParser filterParser = new FilterParser(this::column);
    private final List<Filter> filters = new ArrayList<>();
    private final List<DataQuery.Order> orders = new ArrayList<>();
    private List<DataQuery.Output> outputs = new ArrayList<>();
    private long limit;
    private long offset;
    private Optional<String> format = Optional.empty();

    public ParameterParser(List<Column> columns, long maxRows) {
        this.columns = columns;
        this.maxRows = maxRows;
        this.limit = maxRows;
        for (Column column : columns) {
            outputs.add(new DataQuery.Output(column.name(), Optional.of(column.name()), Optional.empty()));
        }
    }

    public DataQuery parse(List<Map.Entry<String, String>> parameters) {
        // What is ordered by may be an output, so the outputs come first.
        parameters.stream().filter(each -> each.getKey().equals("select")).forEach(each -> select(each.getValue()));
        for (Map.Entry<String, String> each : parameters) {
            parameter(each.getKey(), each.getValue());
        }
        return new DataQuery(outputs, filters, orders, limit, offset, format);
    }

    private void parameter(String name, String value) {
        switch (name) {
            case "select" -> {}
            case "order" -> order(value);
            case "limit" -> limit = limit(value);
            case "offset" -> offset = number("offset", value);
            case "format" -> format = Optional.of(value);
            case "and", "or" -> filters.add(filterParser.group(name, value));
            case "not.and", "not.or" -> filters.add(new Filter.Not(filterParser.group(name.substring(4), value)));
            default -> filters.add(filterParser.condition(name, value));
        }
    }

    private void select(String value) {
        Words words = new Words("select", value);
        List<DataQuery.Output> selected = new ArrayList<>();
        Set<String> names = new HashSet<>();
        do {
            if (words.take("*")) {
                columns.forEach(column -> selected.add(
                        new DataQuery.Output(column.name(), Optional.of(column.name()), Optional.empty())));
            } else {
                selected.add(output(words));
            }
        } while (words.take(","));
        if (!words.atEnd()) {
            throw words.wrong("there is more than a list of columns");
        }
        for (DataQuery.Output output : selected) {
            if (!names.add(output.name().toLowerCase(Locale.ROOT))) {
                throw words.wrong("two columns are named " + output.name(), "Give one another name: name:column");
            }
        }
        outputs = selected;
    }

    /** {@code column}, {@code name:column}, {@code column.sum()}, {@code count()}. */
    private DataQuery.Output output(Words words) {
        String first = words.upTo(":.(,");
        Optional<String> alias = Optional.empty();
        if (words.take(":")) {
            alias = Optional.of(first);
            first = words.upTo(".(,");
        }
        if (words.take("()")) {
            if (!first.equals("count")) {
                throw words.wrong("no function '" + first + "' of rows", "Rows are counted: count()");
            }
            return new DataQuery.Output(alias.orElse(first), Optional.empty(), Optional.of(first));
        }
        Column column = column(first, words);
        if (!words.take(".")) {
            return new DataQuery.Output(alias.orElse(column.name()), Optional.of(column.name()), Optional.empty());
        }
        String aggregate = words.upTo("(,");
        words.require("()");
        if (!AGGREGATES.contains(aggregate)) {
            throw words.wrong("no function '" + aggregate + "'", Suggestion.hint(aggregate, AGGREGATES));
        }
        return new DataQuery.Output(alias.orElse(aggregate), Optional.of(column.name()), Optional.of(aggregate));
    }

    private void order(String value) {
        Words words = new Words("order", value);
        do {
            String name = words.upTo(".,");
            StringBuilder direction = new StringBuilder();
            while (words.take(".")) {
                String word = words.upTo(".,");
                String sql = DIRECTIONS.get(word);
                if (sql == null) {
                    throw words.wrong("no direction '" + word + "'", Suggestion.hint(word, DIRECTIONS.keySet()));
                }
                direction.append(' ').append(sql);
            }
            if (!direction.toString().matches("( asc| desc)?( nulls (first|last))?")) {
                throw words.wrong("an order is column.desc.nullslast");
            }
            orders.add(new DataQuery.Order(ordered(name, words), direction.toString()));
        } while (words.take(","));
    }

    private String ordered(String name, Words words) {
        for (DataQuery.Output output : outputs) {
            if (output.name().equalsIgnoreCase(name)) {
                return output.name();
            }
        }
        if (outputs.stream().anyMatch(output -> output.aggregate().isPresent())) {
            List<String> known = outputs.stream().map(DataQuery.Output::name).toList();
            throw words.wrong("the answer has no column '" + name + "'", Suggestion.hint(name, known));
        }
        return column(name, words).name();
    }

    private Column column(String name, Words words) {
        for (Column column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        List<String> known = columns.stream().map(Column::name).toList();
        throw words.wrong("there is no column '" + name + "'", Suggestion.hint(name, known));
    }

    private long limit(String value) {
        long rows = number("limit", value);
        if (rows > maxRows) {
            throw new Words("limit", value).wrong("at most " + maxRows + " rows are answered");
        }
        return rows;
    }

    private static long number(String name, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw new Words(name, value).wrong("a whole number that is not negative is expected");
        }
        return Long.parseLong(value);
    }
}
