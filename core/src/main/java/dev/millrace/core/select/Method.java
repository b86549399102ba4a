package dev.millrace.core.select;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a criterion compares: dbt's selector methods, and one per kind of node that dbt lacks. */
@FunctionalInterface
interface Method {
    boolean matches(Node node);

    List<String> NAMES = List.of(
            "fqn",
            "tag",
            "path",
            "file",
            "package",
            "config",
            "resource_type",
            "test_type",
            "test_name",
            "source",
            "exposure",
            "metric",
            "semantic_model",
            "saved_query",
            "unit_test",
            "group",
            "access",
            "version",
            "connection",
            "cdc",
            "topic",
            "asset",
            "expectation",
            "sync",
            "unique_id");

    static Method of(Criterion criterion, String rootPackage) {
        String value = criterion.value();
        Predicate<String> glob = Glob.of(value)::matches;
        return switch (criterion.method()) {
            case "" -> guess(value);
            case "fqn" -> fqn(value);
            case "tag" -> node -> node.tags().stream().anyMatch(glob);
            case "path" -> path(value);
            case "file" -> file(value);
            case "package" -> pack(value.equals("this") ? rootPackage : value);
            case "config" -> config(criterion);
            case "resource_type" -> node -> node.kind().key().equals(value);
            case "test_type" -> testType(criterion);
            case "test_name" -> attribute("test_name", glob);
            case "group", "access", "version" -> attribute(criterion.method(), glob);
            case "source" -> named(NodeKind.SOURCE, value);
            case "exposure" -> named(NodeKind.EXPOSURE, value);
            case "metric" -> named(NodeKind.METRIC, value);
            case "semantic_model" -> named(NodeKind.SEMANTIC_MODEL, value);
            case "saved_query" -> named(NodeKind.SAVED_QUERY, value);
            case "unit_test" -> named(NodeKind.UNIT_TEST, value);
            case "connection" -> named(NodeKind.CONNECTION, value);
            case "cdc" -> named(NodeKind.CDC, value);
            case "topic" -> named(NodeKind.TOPIC, value);
            case "asset" -> named(NodeKind.ASSET, value);
            case "expectation" -> named(NodeKind.EXPECTATION, value);
            case "sync" -> named(NodeKind.SYNC, value);
            case "unique_id" -> node -> node.id().toString().equals(value);
            default ->
                throw new MillraceException(
                        ErrorCode.SELECTOR_INVALID,
                        "unknown selector method '" + criterion.method() + "' in '" + criterion.text() + "'",
                        null,
                        Suggestion.hint(criterion.method(), NAMES),
                        null);
        };
    }

    private static Method guess(String value) {
        if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
            return path(value);
        }
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.endsWith(".sql") || lower.endsWith(".py") || lower.endsWith(".csv") ? file(value) : fqn(value);
    }

    private static Method fqn(String value) {
        Glob whole = Glob.of(value);
        List<String> parts = List.of(value.split("\\.", -1));
        return node -> {
            List<String> names = node.fqn();
            if (names.isEmpty()) {
                return false;
            }
            return whole.matches(names.get(names.size() - 1))
                    || prefixMatches(names, parts)
                    || prefixMatches(names.subList(1, names.size()), parts);
        };
    }

    /**
     * Whether the dotted parts of a name are a prefix of the fully qualified name; from the first wildcard on, all must
     * match.
     */
    private static boolean prefixMatches(List<String> fqn, List<String> parts) {
        List<String> flat = new ArrayList<>();
        fqn.forEach(name -> flat.addAll(List.of(name.split("\\.", -1))));
        if (flat.size() < parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (Glob.isGlob(parts.get(i))) {
                return Glob.of(String.join(".", parts.subList(i, parts.size())))
                        .matches(String.join(".", flat.subList(i, flat.size())));
            }
            if (!parts.get(i).equals(flat.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Method path(String value) {
        String wanted = value.replace('\\', '/').replaceFirst("^\\./", "").replaceFirst("/$", "");
        Glob glob = Glob.of(wanted);
        return node -> node.path().equals(wanted) || node.path().startsWith(wanted + "/") || glob.matches(node.path());
    }

    private static Method file(String value) {
        Glob glob = Glob.of(value);
        return node -> {
            String name = node.path().substring(node.path().lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            return glob.matches(name) || (dot > 0 && glob.matches(name.substring(0, dot)));
        };
    }

    private static Method pack(String value) {
        Glob glob = Glob.of(value);
        return node -> glob.matches(node.id().project());
    }

    private static Method attribute(String key, Predicate<String> wanted) {
        return node -> {
            Object value = node.attributes().get(key);
            return value != null && wanted.test(String.valueOf(value));
        };
    }

    private static Method testType(Criterion criterion) {
        return switch (criterion.value()) {
            case "unit" -> node -> node.kind() == NodeKind.UNIT_TEST;
            case "data" -> node -> node.kind() == NodeKind.TEST;
            case "generic", "singular" ->
                node -> node.kind() == NodeKind.TEST
                        && criterion.value().equals(node.attributes().get("test_type"));
            default ->
                throw new MillraceException(
                        ErrorCode.SELECTOR_INVALID,
                        "'" + criterion.value() + "' is no type of test in '" + criterion.text() + "'",
                        null,
                        "Use generic, singular, unit or data.",
                        null);
        };
    }

    /**
     * By name, or with its leading parts: {@code source:raw}, {@code source:raw.orders},
     * {@code source:shop.raw.orders}.
     */
    private static Method named(NodeKind kind, String value) {
        Glob glob = Glob.of(value);
        Function<Node, List<String>> names = node -> {
            String own = node.id().name();
            int dot = own.indexOf('.');
            return List.of(own, dot < 0 ? own : own.substring(0, dot), node.id().project() + "." + own, node.name());
        };
        return node -> node.kind() == kind && names.apply(node).stream().anyMatch(glob::matches);
    }

    private static Method config(Criterion criterion) {
        if (criterion.methodArguments().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.SELECTOR_INVALID,
                    "'" + criterion.text() + "' does not say which setting",
                    null,
                    "Write config.<setting>:<value>, such as config.materialized:incremental.",
                    null);
        }
        Glob glob = Glob.of(criterion.value());
        return node -> {
            Object value = node.config();
            for (String key : criterion.methodArguments()) {
                value = value instanceof Map<?, ?> map ? map.get(key) : null;
            }
            return holds(value, glob);
        };
    }

    private static boolean holds(@Nullable Object value, Glob glob) {
        if (value == null) {
            return false;
        }
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(item -> glob.matches(String.valueOf(item)));
        }
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(key -> glob.matches(String.valueOf(key)));
        }
        return glob.matches(String.valueOf(value));
    }
}
