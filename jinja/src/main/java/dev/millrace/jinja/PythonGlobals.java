package dev.millrace.jinja;

import dev.millrace.jinja.internal.library.PythonFunctions;
import dev.millrace.jinja.internal.modules.PythonModules;
import java.util.HashMap;
import java.util.Map;

/**
 * What dbt gives to every template that needs nothing of a project: {@code modules} (datetime, pytz, re, itertools) and
 * the functions {@code set}, {@code set_strict}, {@code zip}, {@code zip_strict}, {@code tojson}, {@code fromjson},
 * {@code local_md5}. Immutable, shared by all renders.
 */
public final class PythonGlobals {
    private static final Map<String, Object> ALL = all();

    private PythonGlobals() {}

    private static Map<String, Object> all() {
        Map<String, Object> all = new HashMap<>(PythonFunctions.all());
        all.put("modules", PythonModules.all());
        return Map.copyOf(all);
    }

    /** The names as globals, to be chained behind a host's own. */
    public static Globals names() {
        return Globals.of(ALL);
    }

    /** The names as a map. */
    public static Map<String, Object> asMap() {
        return ALL;
    }
}
