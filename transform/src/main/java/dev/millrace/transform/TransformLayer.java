package dev.millrace.transform;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.graph.NodeFactory;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.parse.ProjectParser;
import dev.millrace.transform.internal.run.Extensions;
import dev.millrace.transform.internal.run.MaterializationCheck;
import dev.millrace.transform.internal.run.RunEnvironment;
import dev.millrace.transform.internal.run.Steps;
import dev.millrace.warehouse.Warehouses;
import dev.millrace.warehouse.model.Materialization;
import dev.millrace.warehouse.model.ModelOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * dbt projects as a layer of the graph: models, seeds, tests, sources, exposures and hooks, with dbt's files,
 * configuration and templates (docs.getdbt.com). One layer serves one project: call {@link #contribute} once, before
 * anything else is asked. What it then hands out is thread-safe.
 */
public final class TransformLayer implements Layer {
    private final Warehouses warehouses;
    private final Extensions extensions;
    private @Nullable ParsedProject parsed;
    private @Nullable RunEnvironment runtime;

    /** @param warehouses the project's, shared with the other layers */
    public TransformLayer(Warehouses warehouses) {
        this(warehouses, List.of(), List.of());
    }

    /**
     * @param warehouses the project's, shared with the other layers
     * @param materializations further values of {@code materialized}, for which no macro is needed
     * @param outputs where models may be written to besides the warehouse
     */
    public TransformLayer(Warehouses warehouses, List<Materialization> materializations, List<ModelOutput> outputs) {
        this.warehouses = warehouses;
        this.extensions = Extensions.of(materializations, outputs);
    }

    @Override
    public String name() {
        return "transform";
    }

    @Override
    public void contribute(Project project, GraphBuilder graph) {
        String schema = warehouses.factory(project.target()).schema(project, project.target());
        RelationName anywhere = warehouses.relation(project.target(), schema, "");
        ParsedProject read = ProjectParser.parse(project, anywhere);
        RunEnvironment shared = new RunEnvironment(read.context(), read.manifest(), warehouses);
        parsed = read;
        runtime = shared;
        read.problems().forEach(graph::problem);
        new NodeFactory(read, new Steps(shared, extensions), anywhere).addTo(graph);
    }

    /**
     * What is strange about the project's files but does not stop it, such as properties of a model that has no file.
     */
    public List<MillraceException> warnings() {
        ParsedProject read = parsed();
        List<MillraceException> warnings = new ArrayList<>(read.warnings());
        warnings.addAll(new MaterializationCheck(
                        read.context().macros(),
                        extensions.materializations().keySet(),
                        read.context().adapterType())
                .warnings(read.manifest().resources().values()));
        return List.copyOf(warnings);
    }

    /**
     * Lets models read what they refer to from elsewhere, from now on.
     *
     * @param empty whether they read no rows, as with dbt's {@code --empty}
     * @param deferral the state whose relations stand in for what is not selected, as with dbt's {@code --defer}
     */
    public void readInputs(boolean empty, Optional<Deferral> deferral) {
        runtime().reading(runtime().reading().with(empty, deferral.map(Deferral::relations)));
    }

    /** Lets microbatch models build only the batches that failed in {@code run}, and see time as it did. */
    public void retry(PreviousRun run) {
        runtime().batchOptions(run.batches().from(runtime().batchOptions()));
    }

    Warehouses warehouses() {
        return warehouses;
    }

    /** Tells templates which nodes the run is of. */
    public void selected(Collection<NodeId> nodes) {
        parsed().context().selected(nodes.stream().map(NodeId::toString).toList());
    }

    ParsedProject parsed() {
        if (parsed == null) {
            throw new IllegalStateException("contribute() has not been called");
        }
        return parsed;
    }

    RunEnvironment runtime() {
        if (runtime == null) {
            throw new IllegalStateException("contribute() has not been called");
        }
        return runtime;
    }
}
