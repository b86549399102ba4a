package dev.millrace.cli;

import dev.millrace.activate.ActivateLayer;
import dev.millrace.activate.ActivateOptions;
import dev.millrace.assets.AssetsLayer;
import dev.millrace.cdc.CdcLayer;
import dev.millrace.cli.lineage.ColumnsFile;
import dev.millrace.cli.lineage.GraphColumns;
import dev.millrace.cli.up.SqlEndpoint;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.live.FlowListener;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.RunListener;
import dev.millrace.events.EventsLayer;
import dev.millrace.ingest.IngestLayer;
import dev.millrace.orchestrate.PipelinesLayer;
import dev.millrace.quality.CheckRecorder;
import dev.millrace.quality.QualityLayer;
import dev.millrace.server.OpenLineage;
import dev.millrace.server.OpenLineageSettings;
import dev.millrace.server.ServerSettings;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.stream.DeltaOutput;
import dev.millrace.stream.StreamingMaterialization;
import dev.millrace.transform.ArtifactWriter;
import dev.millrace.transform.BuildRecorder;
import dev.millrace.transform.CatalogWriter;
import dev.millrace.transform.ChangePlan;
import dev.millrace.transform.CheckReport;
import dev.millrace.transform.Clones;
import dev.millrace.transform.Compiler;
import dev.millrace.transform.Deferral;
import dev.millrace.transform.MacroOperation;
import dev.millrace.transform.ManifestWriter;
import dev.millrace.transform.PreviousRun;
import dev.millrace.transform.ProjectCheck;
import dev.millrace.transform.ProjectState;
import dev.millrace.transform.SourceFreshness;
import dev.millrace.transform.TransformLayer;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A project with its layers, graph and warehouses. The graph is made when it is first asked for; a warehouse is opened
 * by the first step that needs it. Not thread-safe.
 */
public final class Workspace implements AutoCloseable {
    private final Project project;
    private final Warehouses warehouses;
    private final TransformLayer transform;
    private final Brokers brokers;
    private final EventsLayer events;
    private final QualityLayer quality;
    private final List<Layer> layers;
    private @Nullable Graph graph;
    private @Nullable OpenLineage lineage;

    private Workspace(Project project, Warehouses warehouses, Brokers brokers, ActivateOptions activateOptions) {
        this.project = project;
        this.warehouses = warehouses;
        this.brokers = brokers;
        this.events = new EventsLayer(warehouses, brokers);
        this.transform =
                new TransformLayer(warehouses, List.of(new StreamingMaterialization()), List.of(new DeltaOutput()));
        this.quality = new QualityLayer(warehouses);
        // Quality comes after every layer that contributes relations.
        this.layers = List.of(
                transform,
                new CdcLayer(warehouses),
                events,
                // A connection that reads every table leaves out what those two write.
                new IngestLayer(warehouses),
                new AssetsLayer(warehouses),
                new ActivateLayer(warehouses, activateOptions),
                quality,
                new PipelinesLayer());
    }

    /**
     * Reads the project's own files, and nothing else yet.
     *
     * @throws MillraceException as {@link ProjectLoader#load} does
     */
    public static Workspace open(Invocation invocation) {
        return open(invocation, ActivateOptions.DEFAULT);
    }

    /** The same, with other options for syncs. */
    public static Workspace open(Invocation invocation, ActivateOptions activateOptions) {
        Project project = ProjectLoader.load(invocation);
        return new Workspace(project, new Warehouses(project), new Brokers(), activateOptions);
    }

    /**
     * The same project read once more, for {@code invocation}, with the warehouses that are already open here. Close
     * this one after it.
     */
    public Workspace again(Invocation invocation, ActivateOptions activateOptions) {
        Project reread = ProjectLoader.load(invocation);
        return new Workspace(reread, warehouses.sharedWith(reread), brokers.shared(), activateOptions);
    }

    public Project project() {
        return project;
    }

    public Warehouses warehouses() {
        return warehouses;
    }

    /** The topics of the project: what is published to them. */
    public EventsLayer events() {
        return events;
    }

    /**
     * The whole graph: each layer reads its files, in the order in which data does not flow: what models name decides
     * what is ingested, and what models exist decides what can be synced.
     *
     * @throws MillraceException with every problem of the files
     */
    public Graph graph() {
        Graph known = graph;
        if (known == null) {
            known = build();
            graph = known;
        }
        return known;
    }

    /** Turns templates into SQL; the graph has been made then. */
    public Compiler compiler() {
        graph();
        return new Compiler(transform);
    }

    /** Writes target/manifest.json; the graph has been made then. */
    public Path writeManifest() {
        graph();
        return new ManifestWriter(transform).write();
    }

    /** Binds all SQL of the project against a shadow of its warehouse. */
    CheckReport check() {
        return new ProjectCheck(transform).run(GraphColumns.loaded(graph()));
    }

    /** The columns of the whole graph, from operational databases to synced fields. */
    ColumnGraph columns(CheckReport report) {
        return GraphColumns.of(graph(), report.columns());
    }

    /** Writes the columns found to target/column_lineage.json and into target/manifest.json. */
    void writeColumns(CheckReport report) {
        ColumnGraph columns = columns(report);
        ColumnsFile.write(project.targetDir().resolve("column_lineage.json"), columns);
        new ManifestWriter(transform).write(columns);
    }

    /** The freshness of sources; the graph has been made then. */
    SourceFreshness freshness() {
        graph();
        return new SourceFreshness(transform);
    }

    /** What the warehouse holds of the project; the graph has been made then. */
    CatalogWriter catalog() {
        graph();
        return new CatalogWriter(transform);
    }

    /** A graph of nothing but a call of a macro. */
    Graph operation(String macro, Map<String, @Nullable Object> arguments) {
        graph();
        return new MacroOperation(transform).graph(macro, arguments);
    }

    /** The artifacts of an earlier run; the graph has been made then. */
    ProjectState state(Optional<Path> folder) {
        graph();
        return new ProjectState(transform, folder);
    }

    /** Lets models read without rows, or what is not selected from another state. */
    void readInputs(boolean empty, Optional<Deferral> deferral) {
        graph();
        transform.readInputs(empty, deferral);
    }

    /** What a build would do, and why; the graph has been made then. */
    ChangePlan changes(Optional<Path> state) {
        return ChangePlan.of(transform, graph(), state);
    }

    /** A graph whose steps make views of what the state in {@code folder} has. */
    Graph clones(Optional<Path> folder) {
        return new Clones(transform, state(folder).deferral(Set.of(), false)).graph(graph());
    }

    /** Tells templates what the run is of: {@code selected_resources}. */
    void selected(Collection<NodeId> nodes) {
        graph();
        transform.selected(nodes);
    }

    /** Lets microbatch models go on where {@code run} failed. */
    void retry(PreviousRun run) {
        graph();
        transform.retry(run);
    }

    /** The writers of dbt's artifacts of a run. */
    List<RunListener> artifacts() {
        return List.of(new ArtifactWriter(transform));
    }

    /** How to try the systems outside that the project names; connects to none. */
    List<Probe> probes() {
        return layers.stream().flatMap(layer -> layer.probes(project).stream()).toList();
    }

    /** What is strange about the project's files but does not stop it. */
    public List<MillraceException> warnings() {
        graph();
        return transform.warnings();
    }

    /**
     * What hears every run of this workspace: the writers of artifacts.
     *
     * @param problems hears what goes wrong beside the run, from any thread
     */
    List<RunListener> listeners(Consumer<MillraceException> problems) {
        List<RunListener> all = new ArrayList<>();
        all.add(new ArtifactWriter(transform));
        all.add(new BuildRecorder(transform, this::graph));
        all.add(new CheckRecorder(quality, Clock.systemUTC()));
        lineage(problems).ifPresent(events -> all.add(events.listener(project.name())));
        return all;
    }

    /** What hears the nodes that are kept running; {@code problems} as in {@link #listeners}. */
    FlowListener flowListener(Consumer<MillraceException> problems) {
        return lineage(problems).map(OpenLineage::flows).orElse(FlowListener.NONE);
    }

    private Optional<OpenLineage> lineage(Consumer<MillraceException> problems) {
        if (lineage == null) {
            lineage = OpenLineageSettings.of(project)
                    .map(settings ->
                            new OpenLineage(settings, this::graph, this::columns, this::columnsOrNone, problems))
                    .orElse(null);
        }
        return Optional.ofNullable(lineage);
    }

    /** {@link #columns}, or nothing where there is no way to find out. */
    public ColumnGraph columnsOrNone() {
        try {
            return columns(check());
        } catch (MillraceException e) {
            // Lineage of tables is told all the same.
            return ColumnGraph.EMPTY;
        }
    }

    private List<Column> columns(RelationName relation) {
        Warehouse warehouse = warehouses.warehouse(project.target());
        if (!warehouse.identity().equals(relation.warehouse())) {
            return List.of();
        }
        try (Session session = warehouse.open()) {
            return session.columns(relation);
        }
    }

    private Graph build() {
        GraphBuilder builder = new GraphBuilder();
        for (Layer layer : layers) {
            try {
                layer.contribute(project, builder);
            } catch (MillraceException problem) {
                builder.problem(problem);
            }
        }
        serverProblems().forEach(builder::problem);
        return builder.build();
    }

    /**
     * What is wrong with the sections that only {@code up} uses. Variables of the environment may be missing: they need
     * not be there for other commands.
     */
    private List<MillraceException> serverProblems() {
        Problems problems = new Problems();
        problems.collect(() -> ServerSettings.of(project));
        problems.collect(() -> SqlEndpoint.of(project));
        problems.collect(() -> OpenLineageSettings.of(project));
        return problems.found().stream()
                .filter(problem -> problem.code() != ErrorCode.ENV_VAR_MISSING)
                .toList();
    }

    @Override
    public void close() {
        if (lineage != null) {
            lineage.close();
        }
        brokers.close();
        warehouses.close();
    }
}
