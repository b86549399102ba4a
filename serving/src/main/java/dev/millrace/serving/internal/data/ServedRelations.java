package dev.millrace.serving.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The relations of a graph, and the names they are asked for by. */
public final class ServedRelations {
    private final Map<String, Served> byName = new TreeMap<>();
    private final Map<String, Served> byShortName = new TreeMap<>();

    private ServedRelations(Collection<Served> all) {
        Set<String> ambiguous = new HashSet<>();
        for (Served served : all) {
            byName.putIfAbsent(key(served.relation().toString()), served);
            for (String name :
                    List.of(key(served.node().name()), key(served.relation().identifier()))) {
                Served other = byShortName.putIfAbsent(name, served);
                if (other != null && !other.relation().equals(served.relation())) {
                    ambiguous.add(name);
                }
            }
        }
        byShortName.keySet().removeAll(ambiguous);
    }

    public static ServedRelations of(Graph graph, List<Warehouse> warehouses) {
        Map<String, Served> byKey = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            RelationName relation = node.relation().orElse(null);
            if (relation == null || relation.schema().equalsIgnoreCase("_millrace")) {
                continue;
            }
            for (Warehouse warehouse : warehouses) {
                if (warehouse.identity().equals(relation.warehouse())) {
                    Served served = new Served(relation, node, warehouse);
                    byKey.merge(relation.key(), served, ServedRelations::better);
                }
            }
        }
        return new ServedRelations(byKey.values());
    }

    /** A node that writes the relation says more of it than one that only reads it as a source. */
    private static Served better(Served one, Served other) {
        return !one.node().writesRelation() && other.node().writesRelation() ? other : one;
    }

    public List<Served> all() {
        return new ArrayList<>(byName.values());
    }

    public Served require(String name) {
        Served served = byName.getOrDefault(key(name), byShortName.get(key(name)));
        if (served == null) {
            List<String> known = new ArrayList<>();
            byName.values().forEach(each -> known.add(each.relation().toString()));
            if (!name.contains(".")) {
                known.addAll(byShortName.keySet());
            }
            throw new MillraceException(
                    ErrorCode.RELATION_NOT_FOUND,
                    "no relation '" + name + "' is served",
                    null,
                    Suggestion.hint(name, known),
                    null);
        }
        return served;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
