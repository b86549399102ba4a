package dev.millrace.transform.internal.parse;

import java.util.List;
import java.util.Set;

/**
 * Which values of a YAML entry are templates when the file is read. The others are rendered when they are used (tests,
 * descriptions, hooks), or belong to another template language (the filters of metrics).
 */
final class RenderedKeys {
    private static final Set<String> OF_TESTS = Set.of("tests", "data_tests", "description");
    private static final Set<String> LATER = Set.of("tests", "data_tests", "description", "loaded_at_query");
    private static final Set<String> LATER_CONFIG =
            Set.of("pre_hook", "post_hook", "pre-hook", "post-hook", "loaded_at_query");
    private static final Set<String> WITH_PARTS = Set.of("columns", "dimensions", "measures", "entities", "metrics");

    private RenderedKeys() {}

    /** @param path keys from the entry of {@code section} down; an item of a list counts as the empty key */
    static boolean contains(String section, List<String> path) {
        return switch (section) {
            case "sources" -> !later(path) && !(path.get(0).equals("tables") && kept(from(path, 2)));
            case "macros" -> !kept(path.get(0).equals("arguments") ? from(path, 1) : path);
            case "metrics" -> !filter(path) && !kept(path);
            case "saved_queries" -> !starts(path, "query_params", "where") && !kept(path);
            default -> !(path.get(0).equals("metrics") && filter(path)) && !kept(path);
        };
    }

    private static boolean later(List<String> path) {
        return path.get(0).equals("description")
                || path.get(0).equals("loaded_at_query")
                || starts(path, "config", "loaded_at_query");
    }

    private static boolean kept(List<String> path) {
        int size = path.size();
        if (size == 0) {
            return false;
        }
        String first = path.get(0);
        boolean atTop = LATER.contains(first) || (size == 2 && LATER.contains(path.get(1)));
        boolean ofConfig = size >= 2 && first.equals("config") && LATER_CONFIG.contains(path.get(1));
        boolean ofPart = size >= 3 && WITH_PARTS.contains(first) && OF_TESTS.contains(path.get(2));
        boolean deep = size == 5 && path.get(4).equals("description");
        return atTop || ofConfig || ofPart || deep || keptOfVersion(path) || keptOfSemantics(path);
    }

    private static boolean keptOfVersion(List<String> path) {
        if (!starts(path, "versions", "") || path.size() < 3) {
            return false;
        }
        return OF_TESTS.contains(path.get(2))
                || (path.size() >= 5 && path.get(2).equals("columns") && OF_TESTS.contains(path.get(4)));
    }

    private static boolean keptOfSemantics(List<String> path) {
        return path.size() >= 4 && path.get(0).equals("derived_semantics") && OF_TESTS.contains(path.get(3));
    }

    private static List<String> from(List<String> path, int start) {
        return path.subList(Math.min(start, path.size()), path.size());
    }

    private static boolean filter(List<String> path) {
        int size = path.size();
        return path.get(size - 1).equals("filter")
                || (size > 1 && path.get(size - 2).equals("filter"));
    }

    private static boolean starts(List<String> path, String... keys) {
        return path.size() >= keys.length && path.subList(0, keys.length).equals(List.of(keys));
    }
}
