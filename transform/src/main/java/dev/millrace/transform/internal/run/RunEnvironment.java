package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.Ended;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.artifact.NodeJson;
import dev.millrace.transform.internal.artifact.SemanticJson;
import dev.millrace.transform.internal.batch.BatchOptions;
import dev.millrace.transform.internal.batch.BatchResults;
import dev.millrace.transform.internal.batch.EventTimeFlags;
import dev.millrace.transform.internal.batch.MicrobatchModel;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import dev.millrace.warehouse.check.Checks;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What the nodes of a project share when they run. Thread-safe. */
public final class RunEnvironment {
    private final ProjectContext project;
    private final Manifest manifest;
    private final Warehouses warehouses;
    private final CompiledFiles files;
    private final Set<String> owned = new HashSet<>();
    private final ConcurrentMap<NodeId, Compiled> compiled = new ConcurrentHashMap<>();
    private final ConcurrentMap<NodeId, BatchResults> batches = new ConcurrentHashMap<>();
    /** The relations as the current run knows them. */
    private volatile RunCache cache = new RunCache("", new RelationCache(Set.of()));

    private volatile @Nullable PyDict graph;
    private volatile @Nullable Warehouse warehouse;
    private volatile InputReading reading;
    private volatile BatchOptions batchOptions;

    private record RunCache(String runId, RelationCache relations) {}

    public RunEnvironment(ProjectContext project, Manifest manifest, Warehouses warehouses) {
        this.project = project;
        this.manifest = manifest;
        this.warehouses = warehouses;
        this.files = new CompiledFiles(project.project().targetDir());
        LocalDateTime now = LocalDateTime.ofInstant(project.started(), ZoneOffset.UTC);
        Map<String, Object> flags = project.project().invocation().flags();
        this.reading = new InputReading(false, Optional.empty(), EventTimeFlags.sample(flags, now));
        this.batchOptions = new BatchOptions(EventTimeFlags.batches(flags, now), now, Map.of());
        for (Resource resource : manifest.resources().values()) {
            if (writes(resource)) {
                owned.add(resource.relation().key());
            }
        }
    }

    /** The same project with a stand-in of its warehouse. */
    public RunEnvironment inShadow(Warehouse shadow) {
        RunEnvironment copy = new RunEnvironment(project, manifest, warehouses);
        copy.warehouse = shadow;
        return copy;
    }

    /** Whether running it makes a relation. */
    public static boolean writes(Resource resource) {
        return switch (resource.kind()) {
            case MODEL -> !resource.ephemeral();
            case SEED, SNAPSHOT -> true;
            default -> false;
        };
    }

    public ProjectContext project() {
        return project;
    }

    public Manifest manifest() {
        return manifest;
    }

    public CompiledFiles files() {
        return files;
    }

    public Warehouse warehouse() {
        Warehouse known = warehouse;
        if (known == null) {
            known = warehouses.warehouse(project.project().target());
            warehouse = known;
        }
        return known;
    }

    /** From where models read what they refer to. */
    public InputReading reading() {
        return reading;
    }

    public void reading(InputReading other) {
        reading = other;
    }

    /** All warehouses of the project. */
    public Warehouses warehouses() {
        return warehouses;
    }

    /** Which batches microbatch models build. */
    public BatchOptions batchOptions() {
        return batchOptions;
    }

    public void batchOptions(BatchOptions options) {
        batchOptions = options;
    }

    /** Whether the model is built in batches; a project's own macro of the strategy builds it at once, as in dbt. */
    boolean batched(Resource model) {
        return MicrobatchModel.is(model.config())
                && (project.macros()
                                        .project(
                                                "get_incremental_microbatch_sql",
                                                project.project().name())
                                == null
                        || Boolean.TRUE.equals(project.project()
                                .dbtProject()
                                .map("flags")
                                .map(YamlMap::toJava)
                                .orElse(Map.of())
                                .get("require_batched_execution_for_custom_microbatch_strategy")));
    }

    Checks checks() {
        return warehouses.checks();
    }

    /** The cache of a run; a new run looks anew. */
    RelationCache relations(String runId) {
        RunCache known = cache;
        if (!known.runId().equals(runId)) {
            synchronized (this) {
                known = cache;
                if (!known.runId().equals(runId)) {
                    known = new RunCache(runId, new RelationCache(owned));
                    cache = known;
                }
            }
        }
        return known.relations();
    }

    /** Keeps what a node compiled to, for artifacts. */
    void keep(NodeId id, Compiled sql) {
        compiled.put(id, sql);
    }

    void keep(NodeId id, BatchResults results) {
        batches.put(id, results);
    }

    /** How the batches of microbatch models ended. */
    public Map<NodeId, BatchResults> batches() {
        return Map.copyOf(batches);
    }

    /** What nodes have been compiled to so far. */
    public Map<NodeId, String> compiledSql() {
        Map<NodeId, String> sql = new HashMap<>();
        compiled.forEach((id, one) -> sql.put(id, one.sql()));
        return sql;
    }

    /** What a node has been compiled to, if it has been. */
    public Optional<String> compiledSql(NodeId id) {
        return Optional.ofNullable(compiled.get(id)).map(Compiled::sql);
    }

    /** Whether models read what they refer to as it stands in the project's own warehouse, with all its rows. */
    public boolean readsPlainly() {
        return reading.plain();
    }

    /** {@code graph}: all nodes as templates see them; made when a template first asks. */
    PyDict graph() {
        PyDict known = graph;
        if (known == null) {
            known = makeGraph();
            graph = known;
        }
        return known;
    }

    /** {@code results}: how the project's nodes ended. */
    PyList results(List<Ended> ended) {
        PyList results = new PyList();
        for (Ended one : ended) {
            NodeId id = one.node().id();
            if (id.kind() != NodeKind.OPERATION
                    && graph().get("nodes") instanceof PyDict nodes
                    && nodes.get(id.toString()) instanceof PyDict node) {
                PyDict described = new PyDict(node);
                compiledSql(id).ifPresent(sql -> {
                    described.put("compiled", true);
                    described.put("compiled_code", sql);
                });
                results.add(new EndedObject(one, described));
            }
        }
        return results;
    }

    private PyDict makeGraph() {
        double created = project.started().toEpochMilli() / 1000.0;
        PyDict nodes = new PyDict();
        manifest.resources().forEach((id, resource) -> {
            if (resource.kind() != NodeKind.OPERATION) {
                nodes.put(id.toString(), Values.fromJava(NodeJson.of(resource, created)));
            }
        });
        PyDict sources = new PyDict();
        manifest.sources()
                .forEach((id, source) -> sources.put(id.toString(), Values.fromJava(NodeJson.of(source, created))));
        PyDict exposures = new PyDict();
        manifest.exposures()
                .forEach((id, use) -> exposures.put(id.toString(), Values.fromJava(NodeJson.of(use, created))));
        PyDict all = new PyDict();
        all.put("nodes", nodes);
        all.put("sources", sources);
        all.put("exposures", exposures);
        all.put("metrics", semantics(NodeKind.METRIC, created));
        all.put("semantic_models", semantics(NodeKind.SEMANTIC_MODEL, created));
        all.put("saved_queries", semantics(NodeKind.SAVED_QUERY, created));
        all.put("groups", new PyDict());
        all.put("functions", new PyDict());
        return all;
    }

    private Object semantics(NodeKind kind, double created) {
        return Values.fromJava(SemanticJson.all(manifest.semantics().values(), kind, created));
    }
}
