package dev.millrace.transform.internal.change;

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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which macros of the project and its packages a node may reach, and what stands for their texts. Millrace's own are
 * left out. Not thread-safe.
 */
final class MacroReach {
    private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w*\\b");
    /** What gives something else at each run. */
    private static final Pattern CLOCK =
            Pattern.compile("\\brun_started_at\\b|\\binvocation_id\\b|\\bmodules\\s*\\.\\s*datetime\\b");

    private final Map<String, Macro> byId = new HashMap<>();
    private final Map<String, Set<String>> byName = new HashMap<>();
    private final Map<String, List<String>> calls = new HashMap<>();
    private final Map<String, String> digests = new HashMap<>();

    /** @param packages whose macros count */
    MacroReach(Macros macros, Set<String> packages) {
        macros.packages().forEach((name, all) -> {
            if (packages.contains(name)) {
                all.values().forEach(this::add);
            }
        });
    }

    private void add(Macro macro) {
        byId.put(macro.uniqueId(), macro);
        names(macro.name())
                .forEach(name ->
                        byName.computeIfAbsent(name, key -> new HashSet<>()).add(macro.uniqueId()));
    }

    /** Its own, and the one that {@code adapter.dispatch} finds it under. */
    private static Stream<String> names(String name) {
        int prefix = name.indexOf("__");
        return prefix > 0 ? Stream.of(name, name.substring(prefix + 2)) : Stream.of(name);
    }

    /** The macros that are reached from these, themselves among them, with what stands for the text of each. */
    Map<String, String> from(Collection<String> ids) {
        Map<String, String> reached = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(ids);
        while (!open.isEmpty()) {
            String id = open.pop();
            Macro macro = byId.get(id);
            if (macro != null && !reached.containsKey(id)) {
                reached.put(id, digests.computeIfAbsent(id, key -> Digests.of(macro.code())));
                called(macro).forEach(open::push);
            }
        }
        return reached;
    }

    /** Whether the text, or one of the macros, asks what time it is or which run this is. */
    boolean tellsTheRun(String code, Collection<String> macros) {
        return CLOCK.matcher(code).find()
                || macros.stream()
                        .map(byId::get)
                        .anyMatch(macro ->
                                macro != null && CLOCK.matcher(macro.code()).find());
    }

    private List<String> called(Macro macro) {
        return calls.computeIfAbsent(
                macro.uniqueId(),
                id -> NAME.matcher(macro.code())
                        .results()
                        .flatMap(name -> byName.getOrDefault(name.group(), Set.of()).stream())
                        .distinct()
                        .toList());
    }
}
