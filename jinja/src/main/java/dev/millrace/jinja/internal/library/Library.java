package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Callable;
import java.util.HashMap;
import java.util.Map;

/** The filters and tests of an environment. */
public record Library(Map<String, Callable> filters, Map<String, Callable> tests) {
    /** Those of Jinja and dbt. */
    public static final Library BUILT_IN = new Library(Filters.all(), Tests.all());

    public Library with(Map<String, Callable> moreFilters, Map<String, Callable> moreTests) {
        if (moreFilters.isEmpty() && moreTests.isEmpty()) {
            return this;
        }
        Map<String, Callable> allFilters = new HashMap<>(filters);
        allFilters.putAll(moreFilters);
        Map<String, Callable> allTests = new HashMap<>(tests);
        allTests.putAll(moreTests);
        return new Library(Map.copyOf(allFilters), Map.copyOf(allTests));
    }
}
