package dev.millrace.cdc.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tables Debezium's include and exclude lists mean: regular expressions over {@code schema.table}. */
public final class TablePattern {
    private static final Pattern PLAIN = Pattern.compile("[\\w$ -]+(\\\\?\\.)[\\w$ -]+");

    private final ConnectorSpec spec;
    private final String schemas;

    private TablePattern(ConnectorSpec spec) {
        this.spec = spec;
        this.schemas = spec.kind() == DatabaseKind.POSTGRES ? "schema" : "database";
    }

    public static TablePattern of(ConnectorSpec spec) {
        return new TablePattern(spec);
    }

    /** The tables, if the lists say them without any wildcard. */
    public Optional<List<TableId>> plain() {
        List<String> include = list("table.include.list");
        if (include.isEmpty() || !list("table.exclude.list").isEmpty()) {
            return Optional.empty();
        }
        Set<TableId> tables = new LinkedHashSet<>();
        for (String one : include) {
            if (!PLAIN.matcher(one).matches()) {
                return Optional.empty();
            }
            tables.add(TableId.parse(one.replace("\\.", ".")));
        }
        return Optional.of(List.copyOf(tables));
    }

    public boolean includes(TableId table) {
        return in(list(schemas + ".include.list"), table.schema(), true)
                && !in(list(schemas + ".exclude.list"), table.schema(), false)
                && in(list("table.include.list"), table.toString(), true)
                && !in(list("table.exclude.list"), table.toString(), false);
    }

    private static boolean in(List<String> patterns, String name, boolean ifNone) {
        return patterns.isEmpty()
                ? ifNone
                : patterns.stream()
                        .anyMatch(one -> Pattern.compile(one, Pattern.CASE_INSENSITIVE)
                                .matcher(name)
                                .matches());
    }

    /** A comma may be written as {@code \,} where it is part of an expression. */
    private List<String> list(String key) {
        List<String> items = new ArrayList<>();
        for (String item : spec.value(key).orElse("").split("(?<!\\\\),")) {
            String plain = item.trim().replace("\\,", ",");
            if (!plain.isEmpty()) {
                items.add(plain);
            }
        }
        return items;
    }
}
