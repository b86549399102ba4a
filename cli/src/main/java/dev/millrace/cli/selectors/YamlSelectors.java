package dev.millrace.cli.selectors;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.select.Selector;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The selectors of selectors.yml (docs.getdbt.com, "YAML selectors"): definitions as texts, as key and value, as method
 * and value with graph operators, and unions, intersections and exclusions of them. Not thread-safe.
 */
public final class YamlSelectors {
    private static final List<String> KEYS = List.of("method", "value", "union", "intersection", "exclude");

    private final Map<String, YamlMap> definitions = new LinkedHashMap<>();
    private final Selector grammar;
    private final List<String> open = new ArrayList<>();

    /** @param file selectors.yml, rendered */
    public YamlSelectors(YamlMap file, Selector grammar) {
        this.grammar = grammar;
        for (YamlMap selector : file.maps("selectors")) {
            definitions.put(selector.requireString("name"), selector);
        }
    }

    /**
     * Checks the form of all selectors, used or not.
     *
     * @param file selectors.yml, rendered
     * @throws MillraceException SELECTOR_INVALID if a definition is not well formed
     */
    public static void check(YamlMap file) {
        for (YamlMap selector : file.maps("selectors")) {
            selector.requireString("name");
            check(selector.require("definition"));
        }
    }

    private static void check(YamlNode definition) {
        if (definition instanceof YamlList list) {
            list.items().forEach(YamlSelectors::check);
        }
        if (!(definition instanceof YamlMap map)) {
            return;
        }
        for (String key : List.of("union", "intersection", "exclude")) {
            if (map.has(key)) {
                items(map, key).items().forEach(YamlSelectors::check);
            }
        }
        if (map.has("method")) {
            map.requireString("method");
            map.requireString("value");
        } else if (map.keys().size() != 1 && !map.has("union") && !map.has("intersection")) {
            throw malformed(map);
        }
    }

    private static MillraceException malformed(YamlMap map) {
        String hint = map.keys().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .map(key -> Suggestion.hint(key, KEYS))
                .orElse(null);
        return invalid(
                map,
                "a definition needs 'union', 'intersection' or 'method', but has " + String.join(", ", map.keys()),
                hint);
    }

    /** The one that is used when nothing else is said. */
    public Optional<String> byDefault() {
        return definitions.entrySet().stream()
                .filter(entry -> entry.getValue().bool("default").orElse(false))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The nodes of a named selector.
     *
     * @throws MillraceException SELECTOR_INVALID if it does not exist, is not well formed, or refers to itself
     */
    public Set<NodeId> select(String name) {
        YamlMap selector = definitions.get(name);
        if (selector == null) {
            throw new MillraceException(
                    ErrorCode.SELECTOR_INVALID,
                    "selectors.yml has no selector '" + name + "'",
                    null,
                    Suggestion.hint(name, definitions.keySet()),
                    null);
        }
        if (open.contains(name)) {
            throw invalid(selector, "selector '" + name + "' refers to itself", "Remove one of the references.");
        }
        open.add(name);
        Set<NodeId> found = nodes(selector.require("definition"));
        open.remove(name);
        return found;
    }

    private Set<NodeId> nodes(YamlNode definition) {
        if (definition instanceof YamlScalar scalar) {
            return grammar.select(List.of(scalar.text()), List.of());
        }
        if (definition instanceof YamlList list) {
            return union(list);
        }
        YamlMap map = (YamlMap) definition;
        if (map.has("union")) {
            return union(items(map, "union"));
        }
        if (map.has("intersection")) {
            return intersection(items(map, "intersection"));
        }
        if (map.has("method")) {
            return method(map);
        }
        if (map.keys().size() == 1) {
            String key = map.keys().iterator().next();
            return grammar.select(List.of(key + ":" + map.requireString(key)), List.of());
        }
        throw malformed(map);
    }

    private Set<NodeId> union(YamlList list) {
        Set<NodeId> all = new LinkedHashSet<>();
        parts(list).forEach(part -> all.addAll(nodes(part)));
        return without(all, list);
    }

    private Set<NodeId> intersection(YamlList list) {
        Set<NodeId> common = null;
        for (YamlNode part : parts(list)) {
            Set<NodeId> found = nodes(part);
            if (common == null) {
                common = new LinkedHashSet<>(found);
            } else {
                common.retainAll(found);
            }
        }
        return without(common == null ? new LinkedHashSet<>() : common, list);
    }

    private Set<NodeId> method(YamlMap map) {
        String method = map.requireString("method");
        String value = map.requireString("value");
        Set<NodeId> found;
        if (method.equals("selector")) {
            found = new LinkedHashSet<>(select(value));
        } else {
            String text = (map.bool("childrens_parents").orElse(false) ? "@" : "")
                    + (map.bool("parents").orElse(false) ? depth(map, "parents_depth") + "+" : "")
                    + method + ":" + value
                    + (map.bool("children").orElse(false) ? "+" + depth(map, "children_depth") : "");
            found = new LinkedHashSet<>(grammar.select(List.of(text), List.of()));
        }
        if (map.has("exclude")) {
            found.removeAll(union(items(map, "exclude")));
        }
        return found;
    }

    private static String depth(YamlMap map, String key) {
        return map.integer(key).isPresent() ? String.valueOf(map.integer(key).getAsLong()) : "";
    }

    private Set<NodeId> without(Set<NodeId> found, YamlList list) {
        for (YamlNode item : list.items()) {
            if (isExclusion(item)) {
                found.removeAll(union(items((YamlMap) item, "exclude")));
            }
        }
        return found;
    }

    private static List<YamlNode> parts(YamlList list) {
        return list.items().stream().filter(item -> !isExclusion(item)).toList();
    }

    private static boolean isExclusion(YamlNode item) {
        return item instanceof YamlMap map && map.keys().size() == 1 && map.has("exclude");
    }

    private static YamlList items(YamlMap map, String key) {
        YamlNode value = map.require(key);
        if (value instanceof YamlList list) {
            return list;
        }
        throw invalid(map, "'" + key + "' must be a list, but is " + value.describe(), null);
    }

    private static MillraceException invalid(
            YamlNode at, String message, @org.jspecify.annotations.Nullable String hint) {
        return new MillraceException(ErrorCode.SELECTOR_INVALID, message, at.position(), hint, null);
    }
}
