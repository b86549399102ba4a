package dev.millrace.sql.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names an expression may use: of the FROM clause, of the SELECT list, the parameters of lambdas, and those of the
 * queries around it. Owned by one resolution.
 */
final class Scope {
    /** What SQL writes like a column and is none. */
    private static final Set<String> KEYWORDS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "user",
            "current_role",
            "current_catalog",
            "current_schema",
            "rowid");

    private final Source source;
    private final @Nullable Scope outer;
    private final Map<String, Value> aliases = new HashMap<>();
    private final Map<String, Value> parameters = new HashMap<>();
    private boolean aliasesFirst;
    private boolean nested;

    Scope(Source source, @Nullable Scope outer) {
        this.source = source;
        this.outer = outer;
    }

    Source source() {
        return source;
    }

    /** The name of a column of the SELECT list, which later expressions may use. */
    void alias(String name, Value value) {
        aliases.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }

    /** Whether names mean columns of the SELECT list before those of the FROM clause, as in ORDER BY. */
    void aliasesFirst(boolean first) {
        aliasesFirst = first;
    }

    /** The scope of a lambda in this one. */
    Scope lambda(List<String> names) {
        Scope inner = new Scope(source, this);
        inner.nested = true;
        names.forEach(name -> inner.parameters.put(name.toLowerCase(Locale.ROOT), Value.NONE));
        return inner;
    }

    /** The value of a column as it is written, part by part; null if nothing has that name. */
    @Nullable
    Value resolve(List<String> names) {
        Value value = find(names);
        if (value != null) {
            return value;
        }
        Value assumed = assume(names);
        if (assumed != null) {
            return assumed;
        }
        boolean keyword = names.size() == 1 && KEYWORDS.contains(names.get(0).toLowerCase(Locale.ROOT));
        return keyword || names.get(names.size() - 1).equalsIgnoreCase("rowid") ? Value.NONE : null;
    }

    private @Nullable Value find(List<String> names) {
        Value own = parameters.get(names.get(0).toLowerCase(Locale.ROOT));
        if (own == null && !nested) {
            own = findHere(names);
        }
        if (own != null || outer == null) {
            return own;
        }
        Value value = outer.find(names);
        // A table of unknown shape that is nearer may have a column of that name too.
        return value != null && !nested && names.size() == 1 && !source.complete() ? value.uncertain() : value;
    }

    private @Nullable Value findHere(List<String> names) {
        String first = names.get(0).toLowerCase(Locale.ROOT);
        Value alias = aliases.get(first);
        if (aliasesFirst && alias != null) {
            return names.size() == 1 ? alias : alias.derived();
        }
        Value qualified = names.size() > 1 ? qualified(names) : null;
        if (qualified != null) {
            return qualified;
        }
        Value column = source.find(names.get(0));
        if (column != null) {
            return names.size() == 1 ? column : column.derived();
        }
        if (alias != null) {
            Value used = names.size() == 1 ? alias : alias.derived();
            return source.complete() ? used : used.uncertain();
        }
        return names.size() == 1 ? row(names) : null;
    }

    /** A relation's name stands for its whole row. */
    private @Nullable Value row(List<String> names) {
        for (Relation relation : source.relations()) {
            if (relation.isNamed(names)) {
                return relation.whole().derived();
            }
        }
        return null;
    }

    private @Nullable Value qualified(List<String> names) {
        for (int split = Math.min(3, names.size() - 1); split > 0; split--) {
            List<String> table = names.subList(0, split);
            String column = names.get(split);
            for (Relation relation : source.relations()) {
                if (!relation.isNamed(table)) {
                    continue;
                }
                Value value = relation.field(column);
                if (value == null && !relation.complete()) {
                    value = relation.assumed(column);
                }
                if (value != null) {
                    return names.size() == split + 1 ? value : value.derived();
                }
            }
        }
        return null;
    }

    /** A column that nobody has for certain belongs to the only table of unknown shape. */
    private @Nullable Value assume(List<String> names) {
        if (nested) {
            return outer == null ? null : outer.assume(names);
        }
        List<String> table = names.subList(0, 1);
        if (names.size() > 1 && source.relations().stream().anyMatch(relation -> relation.isNamed(table))) {
            return null;
        }
        List<Relation> open = source.relations().stream()
                .filter(relation -> !relation.complete())
                .toList();
        if (open.size() > 1) {
            return Value.UNKNOWN;
        }
        if (open.size() == 1) {
            boolean certain = outer == null || outer.isComplete();
            Value value = open.get(0).assumed(names.get(0));
            return certain && names.size() == 1 ? value : value.derived().uncertain();
        }
        return outer == null ? null : outer.assume(names);
    }

    private boolean isComplete() {
        return source.complete() && (outer == null || outer.isComplete());
    }
}
