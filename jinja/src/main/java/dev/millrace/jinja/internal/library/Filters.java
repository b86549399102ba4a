package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Jinja's filters (jinja.palletsprojects.com/en/stable/templates/#builtin-filters) and dbt's few. */
final class Filters {
    private final Map<String, Callable> all = new HashMap<>();

    private Filters() {}

    static Map<String, Callable> all() {
        Filters filters = new Filters();
        ValueFilters.addTo(filters);
        TextFilters.addTo(filters);
        SequenceFilters.addTo(filters);
        SelectFilters.addTo(filters);
        return Map.copyOf(filters.all);
    }

    Filters add(String name, String signature, Function<Arguments, Object> body) {
        all.put(name, Functions.of(name, signature, body));
        return this;
    }

    Filters alias(String alias, String name) {
        Callable filter = all.get(name);
        if (filter == null) {
            throw new IllegalArgumentException("no filter " + name);
        }
        all.put(alias, filter);
        return this;
    }
}
