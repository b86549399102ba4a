package dev.millrace.quality;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.quality.internal.run.Catalogue;
import dev.millrace.quality.internal.run.ExpectationStep;
import dev.millrace.quality.internal.suite.RelationFinder;
import dev.millrace.quality.internal.suite.Suite;
import dev.millrace.quality.internal.suite.SuiteEntry;
import dev.millrace.quality.internal.suite.SuiteFiles;
import dev.millrace.warehouse.Warehouses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expectation suites as a layer of the graph: each expectation of a file below {@code expectations/} becomes a node
 * that reads the relation of its suite. To be called after the layers that contribute relations. One layer serves one
 * project: call {@link #contribute} once.
 */
public final class QualityLayer implements Layer {
    private final Warehouses warehouses;
    private final Map<NodeId, RelationName> relations = new LinkedHashMap<>();
    private final Map<NodeId, Map<String, Object>> descriptions = new LinkedHashMap<>();
    private @Nullable Project project;

    /** @param warehouses the project's, shared with the other layers */
    public QualityLayer(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public void contribute(Project read, GraphBuilder graph) {
        project = read;
        graph.nodes().forEach(node -> node.relation().ifPresent(relation -> relations.put(node.id(), relation)));
        Problems problems = new Problems();
        Catalogue catalogue = new Catalogue();
        for (Suite suite : SuiteFiles.read(read, new RelationFinder(graph.nodes()), problems)) {
            problems.collect(() -> {
                Target target = target(read, suite);
                suite.entries().forEach(entry -> graph.add(node(read, suite, entry, target, catalogue)));
            });
        }
        problems.throwIfAny();
    }

    private Node node(Project read, Suite suite, SuiteEntry entry, Target target, Catalogue catalogue) {
        ExpectationStep step = new ExpectationStep(warehouses, target, catalogue, suite, entry);
        NodeId id = new NodeId(NodeKind.EXPECTATION, read.name(), suite.name() + "." + entry.name());
        descriptions.put(id, step.description());
        // A warning is a gate too, so that it may run beside the others of its relation; its status never blocks.
        return Node.builder(id, entry.position())
                .name(entry.name())
                .fqn(List.of(read.name(), suite.name(), entry.name()))
                .tags(entry.tags())
                .description(entry.notes())
                .input(suite.subject().id())
                .inputs(entry.reads())
                .describes(step.relation())
                .gate()
                .config(config(entry))
                .attributes(attributes(suite, entry))
                .step(step)
                .build();
    }

    private static Map<String, Object> config(SuiteEntry entry) {
        Map<String, Object> config = new LinkedHashMap<>();
        entry.kwargs().toJava().forEach((key, value) -> {
            if (value != null) {
                config.put(key, value);
            }
        });
        config.put("severity", entry.severity());
        config.put("blocking", entry.blocking());
        return config;
    }

    private static Map<String, Object> attributes(Suite suite, SuiteEntry entry) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("suite", suite.name());
        attributes.put("test_name", entry.type().name());
        attributes.put("original_file_path", suite.file());
        entry.kwargs().string("column").ifPresent(column -> attributes.put("column_name", column));
        return attributes;
    }

    /** The target whose warehouse holds the suite's relation. */
    private Target target(Project read, Suite suite) {
        String wanted = suite.subject().relation().orElseThrow().warehouse();
        if (identity(read, read.target()).equals(wanted)) {
            return read.target();
        }
        for (String profile : read.profiles().names()) {
            Target other = read.warehouse(profile, suite.position());
            if (identity(read, other).equals(wanted)) {
                return other;
            }
        }
        throw new MillraceException(
                ErrorCode.PROFILE_NOT_FOUND,
                "no profile leads to the warehouse of " + suite.subject().id(),
                suite.position(),
                null,
                null);
    }

    private String identity(Project read, Target target) {
        return warehouses.factory(target).identity(read, target);
    }

    Project project() {
        if (project == null) {
            throw new IllegalStateException("contribute() has not been called");
        }
        return project;
    }

    Warehouses warehouses() {
        return warehouses;
    }

    /** What is written of an expectation in results; empty for any other node. */
    Optional<Map<String, Object>> description(NodeId id) {
        return Optional.ofNullable(descriptions.get(id));
    }

    /** The relation that a node of the graph stands for. */
    Optional<RelationName> relation(NodeId id) {
        return Optional.ofNullable(relations.get(id));
    }
}
