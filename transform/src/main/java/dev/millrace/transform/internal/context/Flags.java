package dev.millrace.transform.internal.context;

import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code flags}: what the command line asked for (docs.getdbt.com/reference/dbt-jinja-functions/flags). */
final class Flags {
    private Flags() {}

    static Namespace of(Project project) {
        Invocation invocation = project.invocation();
        Map<String, Object> flags = new HashMap<>();
        flags.put("FULL_REFRESH", invocation.fullRefresh());
        flags.put("WHICH", invocation.command());
        flags.put("STORE_FAILURES", false);
        flags.put("FAIL_FAST", false);
        flags.put("EMPTY", false);
        flags.put("DEBUG", false);
        flags.put("WARN_ERROR", false);
        flags.put("USE_COLORS", false);
        flags.put("WRITE_JSON", true);
        flags.put("PARTIAL_PARSE", false);
        flags.put("VERSION_CHECK", true);
        flags.put("INTROSPECT", true);
        flags.put("CACHE_SELECTED_ONLY", false);
        flags.put("INDIRECT_SELECTION", "eager");
        flags.put("TARGET_PATH", None.NONE);
        flags.put(
                "PROFILES_DIR",
                invocation.profilesDir().<Object>map(Object::toString).orElse(None.NONE));
        flags.put("PROJECT_DIR", project.root().toString());
        flags.put("EVENT_TIME_START", None.NONE);
        flags.put("EVENT_TIME_END", None.NONE);
        flags.put("SAMPLE", None.NONE);
        invocation.flags().forEach((name, value) -> flags.put(name, Values.fromJava(value)));
        return new Namespace(
                "flags", "there is no flag", name -> flags.getOrDefault(name.toUpperCase(Locale.ROOT), None.NONE));
    }

    static PyDict arguments(Project project) {
        Invocation invocation = project.invocation();
        PyDict arguments = new PyDict();
        arguments.put("which", invocation.command());
        arguments.put("full_refresh", invocation.fullRefresh());
        arguments.put("vars", Values.fromJava(invocation.vars()));
        arguments.put("select", new PyList());
        arguments.put("exclude", new PyList());
        arguments.put("threads", (long) project.threads());
        invocation
                .flags()
                .forEach((name, value) -> arguments.put(name.toLowerCase(Locale.ROOT), Values.fromJava(value)));
        return arguments;
    }
}
