package dev.millrace.sql.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The common table expressions in sight. */
final class Ctes {
    private final @Nullable Ctes outer;
    private final Map<String, Result> results = new HashMap<>();

    Ctes(@Nullable Ctes outer) {
        this.outer = outer;
    }

    void put(String name, Result result) {
        results.put(name.toLowerCase(Locale.ROOT), result);
    }

    @Nullable
    Result find(String name) {
        Result own = results.get(name.toLowerCase(Locale.ROOT));
        return own != null || outer == null ? own : outer.find(name);
    }
}
