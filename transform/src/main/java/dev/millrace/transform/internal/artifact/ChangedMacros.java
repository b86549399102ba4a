package dev.millrace.transform.internal.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The macros of a project and its packages whose text is another than in an earlier manifest. Millrace's own are left
 * out: the earlier manifest may be dbt's.
 */
final class ChangedMacros {
    private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w*\\b");

    private final Map<String, Macro> byId = new HashMap<>();
    private final Map<String, Set<String>> byName = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /** @param packages whose macros count */
    ChangedMacros(Macros macros, Set<String> packages, JsonNode before) {
        macros.packages().forEach((name, all) -> {
            if (packages.contains(name)) {
                all.values().forEach(macro -> add(macro, before));
            }
        });
    }

    private void add(Macro macro, JsonNode before) {
        byId.put(macro.uniqueId(), macro);
        names(macro.name())
                .forEach(name ->
                        byName.computeIfAbsent(name, key -> new HashSet<>()).add(macro.uniqueId()));
        String old = before.path(macro.uniqueId()).path("macro_sql").asText("").strip();
        if (!old.equals(macro.code().strip())) {
            changed.add(macro.uniqueId());
        }
    }

    /** Its own, and the one that {@code adapter.dispatch} finds it under. */
    private static Stream<String> names(String name) {
        int prefix = name.indexOf("__");
        return prefix > 0 ? Stream.of(name, name.substring(prefix + 2)) : Stream.of(name);
    }

    /** Whether one of them has changed, or any that they call. */
    boolean reachedFrom(Collection<String> ids) {
        if (changed.isEmpty()) {
            return false;
        }
        Set<String> seen = new HashSet<>(ids);
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String id = open.pop();
            if (changed.contains(id)) {
                return true;
            }
            Macro macro = byId.get(id);
            if (macro != null) {
                called(macro).stream().filter(seen::add).forEach(open::push);
            }
        }
        return false;
    }

    private List<String> called(Macro macro) {
        Matcher names = NAME.matcher(macro.code());
        return names.results()
                .map(name -> byName.get(name.group()))
                .filter(java.util.Objects::nonNull)
                .flatMap(Set::stream)
                .distinct()
                .toList();
    }
}
