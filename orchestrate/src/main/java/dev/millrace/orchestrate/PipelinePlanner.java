package dev.millrace.orchestrate;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.project.Project;
import dev.millrace.core.run.Plan;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.config.PipelineStep;
import dev.millrace.orchestrate.internal.config.StepOrder;
import dev.millrace.orchestrate.internal.step.HttpStep;
import dev.millrace.orchestrate.internal.step.RunEnvironment;
import dev.millrace.orchestrate.internal.step.ShellStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes one run of a pipeline: all its steps in one graph. A step that depends on another begins with the nodes that
 * nothing else in it feeds, and those wait for the nodes of the other that feed nothing else in that one. Used once.
 */
public final class PipelinePlanner {
    private final Project project;
    private final Graph graph;
    private final NodeSelection selection;
    private final Map<NodeId, Node> changed = new LinkedHashMap<>();
    private final Set<NodeId> claimed = new LinkedHashSet<>();
    private final Map<String, Set<NodeId>> ends = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param project opened with the variables of the run */
    public PipelinePlanner(Project project, Graph graph, NodeSelection selection) {
        this.project = project;
        this.graph = graph;
        this.selection = selection;
    }

    /**
     * @throws MillraceException PIPELINE_NOT_FOUND; GRAPH_CYCLE if the order of the steps contradicts the graph; what
     *     is wrong with templates and selections, at their places
     */
    public PlannedRun plan(RunRequest request) {
        Pipeline pipeline = PipelineCatalog.read(project, graph.nodes())
                .require(request.pipeline().orElseThrow());
        RunEnvironment environment = RunEnvironment.of(project, pipeline.name(), request);
        for (PipelineStep step : StepOrder.sorted(pipeline.steps())) {
            Set<NodeId> before = new LinkedHashSet<>();
            step.dependsOn().forEach(input -> before.addAll(ends.getOrDefault(input, Set.of())));
            ends.put(step.name(), add(pipeline, step, before, environment));
        }
        return new PlannedRun(joined(pipeline), claimed, warnings);
    }

    /** @return what a step that depends on this one has to wait for */
    private Set<NodeId> add(Pipeline pipeline, PipelineStep step, Set<NodeId> before, RunEnvironment environment) {
        if (step.work() instanceof PipelineStep.Select select) {
            return addNodes(step, select, before);
        }
        NodeId id = new NodeId(NodeKind.OPERATION, project.name(), pipeline.name() + "." + step.name());
        Node.Builder node = Node.builder(id, step.position())
                .name(step.name())
                .inputs(before)
                .policy(step.policy().over(NodePolicy.DEFAULT))
                .attributes(Map.of("pipeline", pipeline.name(), "step", step.name()));
        if (step.work() instanceof PipelineStep.Shell shell) {
            node.step(ShellStep.of(project.render(shell.written()), environment));
        } else if (step.work() instanceof PipelineStep.Http http) {
            node.step(HttpStep.of(project.render(http.written()), step.position()));
        }
        changed.put(id, node.build());
        claimed.add(id);
        return Set.of(id);
    }

    private Set<NodeId> addNodes(PipelineStep step, PipelineStep.Select select, Set<NodeId> before) {
        Set<NodeId> wanted = selected(step, select);
        wanted.removeAll(claimed);
        Plan plan = Plan.of(graph, wanted);
        if (plan.isEmpty()) {
            warnings.add("step '" + step.name() + "' has nothing to run");
            return before;
        }
        Set<NodeId> leaves = new LinkedHashSet<>();
        plan.nodes().forEach(node -> leaves.add(node.id()));
        for (Node node : plan.nodes()) {
            Set<NodeId> inputs = plan.waitsFor(node.id());
            leaves.removeAll(inputs);
            Node.Builder copy = node.toBuilder().policy(step.policy().over(node.policy()));
            if (inputs.isEmpty()) {
                copy.inputs(before);
            }
            changed.put(node.id(), copy.build());
            claimed.add(node.id());
        }
        return leaves;
    }

    private Set<NodeId> selected(PipelineStep step, PipelineStep.Select select) {
        try {
            return new LinkedHashSet<>(selection.select(
                    select.command(), strings(select.written(), "select"), strings(select.written(), "exclude")));
        } catch (MillraceException e) {
            throw e.at(step.position());
        }
    }

    private List<String> strings(YamlMap written, String key) {
        return written.get(key)
                .map(node -> {
                    YamlNode rendered = project.render(node);
                    return new YamlMap(Map.of(key, new YamlMap.Entry(node.position(), rendered)), node.position())
                            .strings(key);
                })
                .orElse(List.of());
    }

    private Graph joined(Pipeline pipeline) {
        GraphBuilder builder = new GraphBuilder();
        Set<NodeId> known = new HashSet<>();
        for (Node node : graph.nodes()) {
            builder.add(changed.getOrDefault(node.id(), node));
            known.add(node.id());
        }
        changed.forEach((id, node) -> {
            if (!known.contains(id)) {
                builder.add(node);
            }
        });
        graph.startHooks().forEach(builder::addStartHook);
        graph.endHooks().forEach(builder::addEndHook);
        try {
            return builder.build();
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.GRAPH_CYCLE) {
                throw e;
            }
            throw new MillraceException(
                    ErrorCode.GRAPH_CYCLE,
                    "the order of the steps of pipeline '" + pipeline.name() + "' contradicts the graph: " + e.text(),
                    pipeline.position(),
                    "A step cannot wait for what is made from its own nodes: change 'depends_on' or the selections.",
                    e);
        }
    }
}
