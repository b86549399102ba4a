package dev.millrace.events.internal.land;

import dev.millrace.events.internal.json.JsonKind;
import dev.millrace.events.internal.json.JsonProblem;
import dev.millrace.events.internal.json.JsonScanner;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds columns that hold every value of the messages it is shown: new ones, and wider types for those there are. Used
 * once, by one thread.
 */
final class Inference {
    /** A topic whose field names are data would make a table of ever more columns. */
    static final int MOST_COLUMNS = 1000;

    private static final Decimal BIG = new Decimal(38, 0);
    private static final long EXACT_DOUBLE = 1L << 53;

    private final Predicate<TopicColumn> holdsWideNumbers;
    private final ColumnNames names;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final JsonScanner scanner = new JsonScanner();

    /** @param holdsWideNumbers whether a column of whole numbers has values that no double holds */
    Inference(List<TopicColumn> columns, Predicate<TopicColumn> holdsWideNumbers) {
        this.holdsWideNumbers = holdsWideNumbers;
        this.names = new ColumnNames(columns);
        columns.forEach(column -> found.put(column.field(), new Found(column)));
    }

    private static final class Found {
        private final @Nullable TopicColumn before;
        private final TextVariety variety = new TextVariety();
        private @Nullable DataType type;
        private boolean wide;

        Found(@Nullable TopicColumn before) {
            this.before = before;
            this.type = before == null ? null : before.type();
        }

        boolean isDeclared() {
            return before != null && before.declared();
        }
    }

    /**
     * Takes one message into account, all of it or nothing.
     *
     * @throws JsonProblem if it is not JSON or has too many fields
     */
    void observe(byte[] value, int offset, int length) throws JsonProblem {
        List<String> fresh = new ArrayList<>();
        scanner.scan(value, offset, length, (name, from, size, field) -> {
            String text = new String(name, from, size, StandardCharsets.UTF_8);
            if (field.kind() != JsonKind.NULL && !found.containsKey(text)) {
                fresh.add(text);
            }
            return true;
        });
        if (found.size() + fresh.stream().distinct().count() > MOST_COLUMNS) {
            throw new JsonProblem("its new fields would make a table of more than " + MOST_COLUMNS + " columns");
        }
        scanner.scan(value, offset, length, (name, from, size, field) -> {
            if (field.kind() != JsonKind.NULL) {
                String text = new String(name, from, size, StandardCharsets.UTF_8);
                widen(found.computeIfAbsent(text, one -> new Found(null)), field);
            }
            return true;
        });
    }

    private void widen(Found column, JsonScanner value) {
        column.variety.see(value.source(), value.start(), value.stop());
        if (column.isDeclared()) {
            return;
        }
        JsonKind kind = value.kind();
        DataType own = typeOf(value);
        DataType known = column.type;
        if (known == null) {
            column.type = own;
        } else if (known != Simple.TEXT && known != Simple.JSON) {
            if (kind.isNested()) {
                column.type = Simple.JSON;
            } else if (!known.equals(own)) {
                column.type = isNumber(known) && isNumber(own) ? wider(column, known, own, value) : Simple.TEXT;
            }
        }
        column.wide |= kind == JsonKind.INT && !isExact(value.number().longValue());
    }

    private DataType wider(Found column, DataType known, DataType own, JsonScanner value) {
        boolean floats = known == Simple.FLOAT64 || own == Simple.FLOAT64;
        if (!floats) {
            return BIG;
        }
        if (known.equals(BIG) || own.equals(BIG)) {
            return Simple.TEXT;
        }
        boolean wide = value.kind() == JsonKind.INT
                ? !isExact(value.number().longValue())
                : column.wide || (column.before != null && holdsWideNumbers.test(column.before));
        return wide ? Simple.TEXT : Simple.FLOAT64;
    }

    private static boolean isExact(long value) {
        return value >= -EXACT_DOUBLE && value <= EXACT_DOUBLE;
    }

    private static boolean isNumber(DataType type) {
        return type == Simple.INT64 || type == Simple.FLOAT64 || type.equals(BIG);
    }

    private static DataType typeOf(JsonScanner value) {
        return switch (value.kind()) {
            case TRUE, FALSE -> Simple.BOOL;
            case INT -> Simple.INT64;
            case BIG -> value.number().digits() <= BIG.precision() ? BIG : Simple.TEXT;
            case FLOAT -> value.number().isExactly(value.number().doubleValue()) ? Simple.FLOAT64 : Simple.TEXT;
            case STRING, NULL -> Simple.TEXT;
            case OBJECT, ARRAY -> Simple.JSON;
        };
    }

    /** Columns to add. */
    List<TopicColumn> added() {
        List<TopicColumn> added = new ArrayList<>();
        found.forEach((field, column) -> {
            if (column.before == null && column.type != null) {
                added.add(new TopicColumn(field, names.column(field), column.type, false));
            }
        });
        return added;
    }

    /** The fields whose columns hold texts, and hardly one of them twice. */
    Set<String> varied() {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue().type == Simple.TEXT || entry.getValue().type == Simple.JSON)
                .filter(entry -> entry.getValue().variety.isVaried())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Columns there are, with the types they need. */
    List<TopicColumn> widened() {
        List<TopicColumn> widened = new ArrayList<>();
        for (Found column : found.values()) {
            if (column.before != null && column.type != null && !column.type.equals(column.before.type())) {
                widened.add(column.before.as(column.type));
            }
        }
        return widened;
    }
}
