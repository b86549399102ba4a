package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A query's answer as templates see it: what agate.Table offers to dbt's macros. Immutable. */
public final class ResultTable implements JinjaObject {
    private static final Methods<ResultTable> METHODS = new Methods<ResultTable>()
            .add("print_table", "max_rows=20, max_columns=6, **kwargs", (self, a) -> self.print(a.integer(0)))
            .add("select", "key", (self, a) -> self.select(Values.list(a.get(0))))
            .add("exclude", "key", (self, a) -> self.exclude(Values.list(a.get(0))))
            .add("rename", "column_names=None, **kwargs", ResultTable::rename)
            .add("limit", "start_or_stop=None, stop=None, step=None", (self, a) -> self.limit(a))
            .add("get", "key", (self, a) -> self.item(a.get(0)));

    private final List<String> names;
    private final List<String> types;
    private final List<ResultRow> rows;
    private final Consumer<String> printer;

    private ResultTable(List<String> names, List<String> types, List<ResultRow> rows, Consumer<String> printer) {
        this.printer = printer;
        this.names = List.copyOf(names);
        this.types = List.copyOf(types);
        this.rows = List.copyOf(rows);
    }

    public static final ResultTable EMPTY = new ResultTable(List.of(), List.of(), List.of(), text -> {});

    /** @param printer where {@code print_table()} goes */
    public static ResultTable of(Table table, Consumer<String> printer) {
        List<String> names = table.columns().stream().map(Column::name).toList();
        List<ResultRow> rows = new ArrayList<>(table.rows().size());
        for (List<@Nullable Object> values : table.rows()) {
            Object[] converted = new Object[names.size()];
            for (int i = 0; i < converted.length; i++) {
                converted[i] = SqlValues.toTemplate(values.get(i));
            }
            rows.add(new ResultRow(names, PyTuple.of(converted)));
        }
        return new ResultTable(names, table.columns().stream().map(Column::type).toList(), rows, printer);
    }

    public List<String> names() {
        return names;
    }

    public List<ResultRow> rows() {
        return rows;
    }

    private ResultTable select(List<Object> wanted) {
        List<Integer> kept = new ArrayList<>();
        for (Object name : wanted) {
            int index = names.indexOf(Values.str(name));
            if (index < 0) {
                throw dev.millrace.jinja.JinjaException.value("no column '" + Values.str(name) + "' in the result");
            }
            kept.add(index);
        }
        return keep(kept);
    }

    private ResultTable exclude(List<Object> unwanted) {
        List<String> dropped = unwanted.stream().map(Values::str).toList();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!dropped.contains(names.get(i))) {
                kept.add(i);
            }
        }
        return keep(kept);
    }

    private ResultTable keep(List<Integer> kept) {
        List<String> keptNames = kept.stream().map(names::get).toList();
        List<ResultRow> keptRows = rows.stream()
                .map(row -> new ResultRow(
                        keptNames,
                        PyTuple.copyOf(kept.stream().map(row.values()::get).toList())))
                .toList();
        return new ResultTable(keptNames, kept.stream().map(types::get).toList(), keptRows, printer);
    }

    private Object rename(Arguments a) {
        List<String> renamed = new ArrayList<>(names);
        if (a.get(0) instanceof PyDict map) {
            renamed.replaceAll(name -> Values.str(map.getOrDefault(name, name)));
        } else if (a.get(0) != None.NONE) {
            renamed = Values.list(a.get(0)).stream().map(Values::str).toList();
        }
        List<String> finalNames = renamed;
        return new ResultTable(
                renamed,
                types,
                rows.stream()
                        .map(row -> new ResultRow(finalNames, row.values()))
                        .toList(),
                printer);
    }

    private Object limit(Arguments a) {
        int first = a.isNone(1) ? 0 : a.integer(0);
        int last = a.isNone(1) ? (a.isNone(0) ? rows.size() : a.integer(0)) : a.integer(1);
        int from = Math.min(Math.max(first, 0), rows.size());
        return new ResultTable(names, types, rows.subList(from, Math.max(from, Math.min(last, rows.size()))), printer);
    }

    /** Writes the first rows as lines of {@code | a | b |}. */
    private String print(int most) {
        StringBuilder text = new StringBuilder("| " + String.join(" | ", names) + " |");
        for (ResultRow row : rows.subList(0, Math.min(most, rows.size()))) {
            text.append("\n| ")
                    .append(String.join(
                            " | ", row.values().stream().map(Values::str).toList()))
                    .append(" |");
        }
        printer.accept(rows.size() > most ? text + "\n| …" : text.toString());
        return "";
    }

    private PyTuple column(int index) {
        return PyTuple.copyOf(rows.stream().map(row -> row.values().get(index)).toList());
    }

    private List<Object> columns() {
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new ResultColumn(names.get(i), types.get(i), column(i)));
        }
        return columns;
    }

    @Override
    public Object attribute(String name) {
        Callable method = METHODS.bind(this, name);
        if (method != null) {
            return method;
        }
        return switch (name) {
            case "columns" -> new ResultList("columns", names, columns());
            case "rows" -> new ResultList("rows", List.of(), Collections.unmodifiableList(new ArrayList<Object>(rows)));
            case "column_names" -> PyTuple.copyOf(names);
            case "column_types" -> PyTuple.copyOf(types);
            default -> missing(name);
        };
    }

    @Override
    public Object item(Object key) {
        if (key instanceof Long index) {
            int at = (int) (index < 0 ? index + rows.size() : index);
            return at >= 0 && at < rows.size() ? rows.get(at) : Undefined.missing(this, key);
        }
        return attribute(Values.str(key));
    }

    @Override
    public Optional<Iterable<Object>> elements() {
        return Optional.of(new ArrayList<Object>(rows));
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(rows.size());
    }

    @Override
    public boolean truth() {
        return !rows.isEmpty();
    }

    @Override
    public String display() {
        StringBuilder text = new StringBuilder("| column | data_type |\n| ------ | --------- |\n");
        for (int i = 0; i < names.size(); i++) {
            text.append("| ")
                    .append(names.get(i))
                    .append(" | ")
                    .append(types.get(i))
                    .append(" |\n");
        }
        return text.toString();
    }

    @Override
    public String typeName() {
        return "Table";
    }
}
