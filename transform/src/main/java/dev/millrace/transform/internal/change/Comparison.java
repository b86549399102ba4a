package dev.millrace.transform.internal.change;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.transform.ChangePlan;
import dev.millrace.transform.NodeChange;
import dev.millrace.transform.internal.artifact.JsonReader;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.run.RunEnvironment;
import dev.millrace.transform.internal.run.TrialCompiler;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a whole graph with what was built. Used once. */
public final class Comparison {
    private final ParsedProject parsed;
    private final RunEnvironment runtime;
    private final Warehouses warehouses;
    private final Graph graph;

    public Comparison(ParsedProject parsed, RunEnvironment runtime, Warehouses warehouses, Graph graph) {
        this.parsed = parsed;
        this.runtime = runtime;
        this.warehouses = warehouses;
        this.graph = graph;
    }

    /** @param manifest to compare models, seeds and snapshots with, in place of what is remembered */
    public ChangePlan plan(Optional<Path> manifest) {
        Project project = parsed.context().project();
        Map<NodeId, NodeImage> before = new LinkedHashMap<>(new ImageStore(project).read());
        Map<String, String> relationsNow = relationsNow();
        Map<String, String> relationsBefore = new HashMap<>(relationsNow);
        before.forEach(
                (id, image) -> relationsBefore.putIfAbsent(image.relation().toLowerCase(Locale.ROOT), id.toString()));
        manifest.flatMap(JsonReader::read).map(ManifestImages::new).ifPresent(images -> {
            before.keySet().removeIf(id -> ofManifest(id.kind()));
            before.putAll(images.read());
            relationsBefore.putAll(images.relations());
        });
        Optional<MillraceException> problem = Optional.empty();
        Existing existing;
        try {
            existing = existing(project.target());
        } catch (MillraceException e) {
            problem = Optional.of(e);
            existing = Existing.nothing("");
        }
        try (Existing relations = existing;
                SqlParser parser = new SqlParser()) {
            Map<NodeId, NodeChange> changes = changes(before, relations, parser, relationsBefore, relationsNow);
            return new ChangePlan(changes, removed(before, relations), before.isEmpty(), problem);
        }
    }

    private static boolean ofManifest(NodeKind kind) {
        return kind == NodeKind.MODEL || kind == NodeKind.SEED || kind == NodeKind.SNAPSHOT;
    }

    private Existing existing(Target target) {
        return warehouses.exists(target)
                ? Existing.in(warehouses.warehouse(target))
                : Existing.nothing(warehouses.relation(target, "", "").warehouse());
    }

    private Map<String, String> relationsNow() {
        Map<String, String> relations = new HashMap<>();
        for (Node node : graph.nodes()) {
            node.relation()
                    .ifPresent(name -> relations.put(
                            SqlParser.key(name.database(), name.schema(), name.identifier()),
                            node.id().toString()));
        }
        return relations;
    }

    private Map<NodeId, NodeChange> changes(
            Map<NodeId, NodeImage> before,
            Existing existing,
            SqlParser parser,
            Map<String, String> relationsBefore,
            Map<String, String> relationsNow) {
        NodeImages images = new NodeImages(parsed);
        TrialCompiler compiler = new TrialCompiler(runtime, existing.readable());
        ChangeFinder finder =
                new ChangeFinder(parsed, images.macros(), compiler, parser, relationsBefore, relationsNow);
        BuildManner manner = new BuildManner(
                parsed.manifest().resources(),
                compiler,
                parsed.context().project().invocation().fullRefresh(),
                existing.readable());
        Map<NodeId, NodeChange> changes = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            NodeImage earlier = before.get(node.id());
            ChangeFinder.Found found = finder.find(node, earlier, images.of(graph, node));
            Optional<Boolean> exists =
                    node.writesRelation() ? node.relation().flatMap(existing::has) : Optional.empty();
            changes.put(
                    node.id(),
                    new NodeChange(
                            node,
                            found.kind(),
                            found.reasons(),
                            found.breaking(),
                            found.difference(),
                            brokenBy(node, changes),
                            exists,
                            manner.of(node, exists),
                            earlier == null ? Optional.empty() : earlier.sql(),
                            found.sql(),
                            found.problem()));
        }
        return changes;
    }

    /** The nearest breaking changes upstream: what lies behind one of them is told by that one. */
    private static List<NodeId> brokenBy(Node node, Map<NodeId, NodeChange> known) {
        Set<NodeId> nearest = new LinkedHashSet<>();
        for (NodeId input : node.inputs()) {
            NodeChange change = known.get(input);
            if (change != null) {
                nearest.addAll(change.breaking() ? List.of(input) : change.brokenBy());
            }
        }
        return List.copyOf(nearest);
    }

    private List<ChangePlan.Removed> removed(Map<NodeId, NodeImage> before, Existing existing) {
        List<ChangePlan.Removed> removed = new ArrayList<>();
        before.forEach((id, image) -> {
            if (graph.node(id).isEmpty()) {
                removed.add(new ChangePlan.Removed(
                        id, image.relation(), name(image.relation()).flatMap(existing::has)));
            }
        });
        return removed;
    }

    private Optional<RelationName> name(String relation) {
        String[] parts = relation.split("\\.", 3);
        return parts.length == 3
                ? Optional.of(new RelationName(
                        warehouses
                                .relation(parsed.context().project().target(), "", "")
                                .warehouse(),
                        parts[0],
                        parts[1],
                        parts[2]))
                : Optional.empty();
    }
}
