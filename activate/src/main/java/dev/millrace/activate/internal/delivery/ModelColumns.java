package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The mapped columns of a model as they are in the warehouse, and SQL over them. */
final class ModelColumns {
    private final Sync sync;
    private final Dialect dialect;
    /** One per line of the mapping, in its order. */
    private final List<Column> columns;

    private ModelColumns(Sync sync, Dialect dialect, List<Column> columns) {
        this.sync = sync;
        this.dialect = dialect;
        this.columns = columns;
    }

    /** @throws MillraceException if the model has not been built or lacks a mapped column */
    static ModelColumns of(Session session, Sync sync) {
        List<Column> there = session.columns(sync.source().relation());
        if (there.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.SQL_FAILED,
                    sync.source().node() + " has not been built: there is no "
                            + sync.source().relation(),
                    sync.source().position(),
                    "Build it first: millrace build --select +sync:" + sync.name() + ".",
                    null);
        }
        List<Column> mapped = new ArrayList<>();
        Problems problems = new Problems();
        for (MappedField line : sync.mapping()) {
            find(there, line.column())
                    .ifPresentOrElse(
                            mapped::add,
                            () -> problems.add(new MillraceException(
                                    ErrorCode.CONFIG_INVALID,
                                    sync.source().node() + " has no column '" + line.column() + "'",
                                    line.columnPosition(),
                                    Suggestion.hint(
                                            line.column(),
                                            there.stream().map(Column::name).toList()),
                                    null)));
        }
        problems.throwIfAny();
        return new ModelColumns(sync, session.dialect(), mapped);
    }

    private static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst());
    }

    /** The columns as {@code v0, v1 …}, so that no name can clash with ours. */
    String selected() {
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            selected.add(dialect.quote(columns.get(i).name()) + " as v" + i);
        }
        return String.join(", ", selected);
    }

    /** The names {@link #selected} gives. */
    String selectedNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("v" + i);
        }
        return String.join(", ", names);
    }

    /** The key as {@link dev.millrace.activate.internal.destination.KeyText}; null if one of its values is. */
    String key(List<MappedField> keys) {
        List<String> values = keys.stream()
                .map(key -> text(columns.get(sync.mapping().indexOf(key))))
                .toList();
        return values.size() == 1
                ? values.get(0)
                : values.stream()
                        .map(value -> "replace(replace(" + value + ", '\\', '\\\\'), '|', '\\|')")
                        .collect(Collectors.joining(" || '|' || "));
    }

    /**
     * A hash of everything that decides what is sent: the object, the key, and every field with its value. It does not
     * depend on the order of the mapping or on the session's time zone.
     */
    String hash(List<MappedField> keys) {
        String where = sync.destination() + "|"
                + keys.stream().map(key -> key.field().toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
        List<MappedField> lines = sync.mapping();
        String values = lines.stream()
                .sorted(Comparator.comparing(line -> line.field().toLowerCase(Locale.ROOT)))
                .map(line -> {
                    String text = text(columns.get(lines.indexOf(line)));
                    String name = "|" + line.field().toLowerCase(Locale.ROOT) + "=";
                    return dialect.literal(name) + " || case when " + text + " is null then 'null' else cast(length("
                            + text + ") as " + dialect.typeName(Simple.TEXT) + ") || ':' || " + text + " end";
                })
                .collect(Collectors.joining(" || "));
        return "md5(" + dialect.literal(where) + " || " + values + ")";
    }

    private String text(Column column) {
        String name = dialect.quote(column.name());
        boolean instant = dialect.dataType(column.type()) == Simple.TIMESTAMPTZ;
        return "cast(" + (instant ? "(" + name + " at time zone 'UTC')" : name) + " as " + dialect.typeName(Simple.TEXT)
                + ")";
    }
}
