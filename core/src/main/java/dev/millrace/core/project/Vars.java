package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The project's variables in dbt's order of precedence: the command line's, then those under the asking package's name
 * in {@code vars:}, then the global ones. Immutable.
 */
public final class Vars {
    private final Map<String, @Nullable Object> fromCommandLine;
    private final Map<String, @Nullable Object> fromProject;

    public Vars(Map<String, @Nullable Object> fromCommandLine, Map<String, @Nullable Object> fromProject) {
        this.fromCommandLine = new LinkedHashMap<>(fromCommandLine);
        this.fromProject = new LinkedHashMap<>(fromProject);
    }

    public boolean has(String packageName, String name) {
        return fromCommandLine.containsKey(name)
                || scoped(packageName).containsKey(name)
                || fromProject.containsKey(name);
    }

    public @Nullable Object value(String packageName, String name) {
        if (fromCommandLine.containsKey(name)) {
            return fromCommandLine.get(name);
        }
        Map<?, ?> scoped = scoped(packageName);
        return scoped.containsKey(name) ? scoped.get(name) : fromProject.get(name);
    }

    /** The error for a variable that has no value and no default. */
    public MillraceException missing(String name) {
        TreeSet<String> known = new TreeSet<>(fromCommandLine.keySet());
        fromProject.forEach((key, value) -> {
            if (value instanceof Map<?, ?> scoped) {
                scoped.keySet().forEach(inner -> known.add(String.valueOf(inner)));
            } else {
                known.add(key);
            }
        });
        return new MillraceException(
                ErrorCode.VAR_MISSING,
                "variable '" + name + "' has no value",
                null,
                Suggestion.closest(name, known)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Set it under 'vars:' in dbt_project.yml or with --vars '{" + name + ": …}'."),
                null);
    }

    /** What was given with {@code --vars}. */
    public Map<String, @Nullable Object> commandLine() {
        return new LinkedHashMap<>(fromCommandLine);
    }

    private Map<?, ?> scoped(String packageName) {
        return fromProject.get(packageName) instanceof Map<?, ?> map ? map : Map.of();
    }
}
