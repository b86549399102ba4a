package dev.millrace.transform.internal.artifact;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what a node differs from the same node of another manifest
 * (docs.getdbt.com/reference/node-selection/state-selection). Both are in the form of dbt's manifest.
 */
public final class NodeComparison {
    /** Compared as the relation, or not at all, as in dbt. */
    private static final Set<String> NO_CONFIG = Set.of("alias", "schema", "database", "tags", "group");

    private final Map<String, ? extends @Nullable Object> before;
    private final Map<String, ? extends @Nullable Object> now;

    public NodeComparison(Map<String, ? extends @Nullable Object> before, Map<String, ? extends @Nullable Object> now) {
        this.before = before;
        this.now = now;
    }

    /** Whether anything differs that makes the node another one, but for the macros it calls. */
    public boolean modified() {
        String type = String.valueOf(now.get("resource_type"));
        return switch (type) {
            case "source" ->
                differs("database", "schema", "identifier", "quoting", "freshness", "loaded_at_field", "fqn")
                        || config();
            case "exposure" ->
                differs("fqn", "owner", "depends_on", "label", "description", "maturity", "url", "type") || config();
            case "metric" -> differs("filter", "metadata", "type", "type_params", "description", "label") || config();
            case "semantic_model" ->
                differs("model", "description", "defaults", "entities", "dimensions", "measures")
                        || differs("primary_entity", "group")
                        || config();
            case "saved_query" ->
                differs("query_params", "description", "label", "exports", "group", "tags") || config();
            case "unit_test" -> differs("given", "expect", "overrides", "model");
            case "test" ->
                now.get("test_metadata") == null ? body() || config() || differs("fqn") : config() || differs("fqn");
            default ->
                body()
                        || config()
                        || differs("fqn")
                        || relation()
                        || contract()
                        || descriptions()
                        || differs("latest_version", "access", "deprecation_date");
        };
    }

    public boolean body() {
        if ("seed".equals(now.get("resource_type"))) {
            return differs("checksum");
        }
        return !text(now.get("raw_code")).equals(text(before.get("raw_code")));
    }

    /** dbt strips a file's text. */
    private static String text(@Nullable Object code) {
        return code == null ? "" : code.toString().strip();
    }

    public boolean config() {
        Map<?, ?> old = map(before.get("config"));
        Map<?, ?> current = map(now.get("config"));
        Set<Object> keys = new HashSet<>(old.keySet());
        keys.addAll(current.keySet());
        for (Object key : keys) {
            if (!NO_CONFIG.contains(key) && !same(old.get(key), current.get(key))) {
                return true;
            }
        }
        return false;
    }

    /** Where it stands in the warehouse, as far as its configuration says so: another target is no change. */
    public boolean relation() {
        Map<?, ?> old = map(before.get("config"));
        Map<?, ?> current = map(now.get("config"));
        return !same(old.get("database"), current.get("database"))
                || !same(old.get("schema"), current.get("schema"))
                || !same(old.get("alias"), current.get("alias"));
    }

    /** Whether its contract is no longer the same; only for what has one, or had. */
    public boolean contract() {
        boolean had = enforced(before);
        boolean has = enforced(now);
        return had != has || (has && !same(types(before), types(now)));
    }

    private static boolean enforced(Map<String, ? extends @Nullable Object> node) {
        return Boolean.TRUE.equals(map(node.get("contract")).get("enforced"));
    }

    private static List<String> types(Map<String, ? extends @Nullable Object> node) {
        return map(node.get("columns")).values().stream()
                .map(column -> map(column))
                .map(column -> column.get("name") + " " + column.get("data_type") + " " + column.get("constraints"))
                .sorted()
                .toList();
    }

    /** Descriptions count when they are written into the warehouse. */
    public boolean descriptions() {
        Map<?, ?> persisted = map(map(now.get("config")).get("persist_docs"));
        boolean relation = Boolean.TRUE.equals(persisted.get("relation")) && differs("description");
        return relation || (Boolean.TRUE.equals(persisted.get("columns")) && !same(described(before), described(now)));
    }

    private static List<String> described(Map<String, ? extends @Nullable Object> node) {
        return map(node.get("columns")).values().stream()
                .map(column -> map(column).get("name") + " " + map(column).get("description"))
                .sorted()
                .toList();
    }

    private boolean differs(String... keys) {
        for (String key : keys) {
            if (!same(before.get(key), now.get(key))) {
                return true;
            }
        }
        return false;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Nothing, null, and an empty collection are the same; numbers of whatever type compare by what they print. */
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (nothing(a) || nothing(b)) {
            return nothing(a) && nothing(b);
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            Set<Object> keys = new HashSet<>(left.keySet());
            keys.addAll(right.keySet());
            return keys.stream().allMatch(key -> same(left.get(key), right.get(key)));
        }
        if (a instanceof Collection<?> left && b instanceof Collection<?> right) {
            Iterator<?> other = right.iterator();
            return left.size() == right.size() && left.stream().allMatch(item -> same(item, other.next()));
        }
        return String.valueOf(a).equals(String.valueOf(b));
    }

    private static boolean nothing(@Nullable Object value) {
        return value == null
                || (value instanceof Map<?, ?> map && map.values().stream().allMatch(NodeComparison::nothing))
                || (value instanceof Collection<?> items && items.isEmpty());
    }
}
