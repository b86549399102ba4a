package dev.millrace.core.select;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Chooses nodes by dbt's selection grammar (docs.getdbt.com, "Node selection syntax"): a list of arguments is a union,
 * a comma is an intersection, {@code +}, {@code 2+} and {@code @} walk the graph, {@code method:value} says what to
 * compare. Beside dbt's methods there is one for each further kind of node, such as {@code connection:} and
 * {@code sync:}. Immutable and thread-safe.
 */
public final class Selector {
    private final Graph graph;
    private final String rootPackage;
    private final IndirectSelection indirect;
    private final Consumer<String> unmatched;
    private final OtherMethods others;

    /**
     * @param rootPackage what {@code package:this} means
     * @param indirect which tests come along with the nodes they test
     * @param unmatched hears each criterion that matches nothing
     */
    public Selector(Graph graph, String rootPackage, IndirectSelection indirect, Consumer<String> unmatched) {
        this(graph, rootPackage, indirect, unmatched, OtherMethods.NONE);
    }

    /** The same with further methods. */
    public Selector(
            Graph graph,
            String rootPackage,
            IndirectSelection indirect,
            Consumer<String> unmatched,
            OtherMethods others) {
        this.graph = graph;
        this.rootPackage = rootPackage;
        this.indirect = indirect;
        this.unmatched = unmatched;
        this.others = others;
    }

    /**
     * The nodes that {@code select} chooses (everything when it is empty) without those that {@code exclude} chooses,
     * in topological order.
     *
     * @throws dev.millrace.core.MillraceException SELECTOR_INVALID
     */
    public Set<NodeId> select(List<String> select, List<String> exclude) {
        Set<NodeId> chosen = new LinkedHashSet<>();
        if (select.isEmpty()) {
            graph.nodes().forEach(node -> chosen.add(node.id()));
        } else {
            chosen.addAll(union(select));
        }
        if (!exclude.isEmpty()) {
            chosen.removeAll(union(exclude));
        }
        Set<NodeId> ordered = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (chosen.contains(node.id())) {
                ordered.add(node.id());
            }
        }
        return ordered;
    }

    private Set<NodeId> union(List<String> arguments) {
        Set<NodeId> found = new LinkedHashSet<>();
        for (String argument : arguments) {
            for (String part : argument.trim().split("\\s+")) {
                if (!part.isEmpty()) {
                    found.addAll(intersection(part));
                }
            }
        }
        return found;
    }

    private Set<NodeId> intersection(String argument) {
        Set<NodeId> common = null;
        for (String part : argument.split(",")) {
            Set<NodeId> found = withTests(criterion(Criterion.parse(part)));
            if (common == null) {
                common = found;
            } else {
                common.retainAll(found);
            }
        }
        return common == null ? Set.of() : common;
    }

    private Set<NodeId> criterion(Criterion criterion) {
        Set<NodeId> matched = new LinkedHashSet<>();
        Method method = others.find(criterion.method(), criterion.methodArguments(), criterion.value())
                .<Method>map(found -> found::test)
                .orElseGet(() -> Method.of(criterion, rootPackage));
        for (Node node : graph.nodes()) {
            if (method.matches(node)) {
                matched.add(node.id());
            }
        }
        if (matched.isEmpty()) {
            unmatched.accept(criterion.text());
        }
        Set<NodeId> found = new LinkedHashSet<>(matched);
        for (NodeId id : matched) {
            if (criterion.childrensParents()) {
                Set<NodeId> below = graph.descendants(id, Integer.MAX_VALUE);
                found.addAll(below);
                below.forEach(child -> found.addAll(graph.ancestors(child, Integer.MAX_VALUE)));
                found.addAll(graph.ancestors(id, Integer.MAX_VALUE));
            }
            if (criterion.parents() > 0) {
                found.addAll(graph.ancestors(id, criterion.parents()));
            }
            if (criterion.children() > 0) {
                found.addAll(graph.descendants(id, criterion.children()));
            }
        }
        return found;
    }

    private Set<NodeId> withTests(Set<NodeId> found) {
        if (indirect == IndirectSelection.EMPTY) {
            return found;
        }
        Set<NodeId> tests = new LinkedHashSet<>();
        Set<NodeId> reach = new LinkedHashSet<>(found);
        if (indirect == IndirectSelection.BUILDABLE) {
            found.forEach(id -> reach.addAll(graph.ancestors(id, Integer.MAX_VALUE)));
        }
        for (NodeId id : found) {
            for (NodeId child : graph.children(id)) {
                if (isTest(child) && (indirect == IndirectSelection.EAGER || reach.containsAll(graph.parents(child)))) {
                    tests.add(child);
                }
            }
        }
        found.addAll(tests);
        return found;
    }

    private static boolean isTest(NodeId id) {
        return id.kind() == NodeKind.TEST || id.kind() == NodeKind.UNIT_TEST;
    }
}
