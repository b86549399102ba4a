package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunResult;
import dev.millrace.transform.internal.batch.BatchResults;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run as dbt's run_results.json, version 6. Connections and syncs, which dbt does not know, are left out. */
public final class RunResultsJson {
    private static final String SCHEMA = "https://schemas.getdbt.com/dbt/run-results/v6.json";
    private static final Set<NodeKind> KNOWN = EnumSet.of(
            NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT, NodeKind.TEST, NodeKind.UNIT_TEST, NodeKind.OPERATION);

    private final ProjectContext context;
    private final Manifest manifest;
    private final Map<NodeId, String> compiled;
    private final Map<NodeId, BatchResults> batches;

    public RunResultsJson(
            ProjectContext context,
            Manifest manifest,
            Map<NodeId, String> compiled,
            Map<NodeId, BatchResults> batches) {
        this.context = context;
        this.manifest = manifest;
        this.compiled = compiled;
        this.batches = batches;
    }

    public Map<String, @Nullable Object> toMap(RunResult run, String command) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", SCHEMA);
        metadata.put("dbt_version", ProjectContext.DBT_VERSION);
        metadata.put("generated_at", ArtifactTime.of(Instant.now()));
        metadata.put("invocation_id", context.invocationId());
        metadata.put("invocation_started_at", ArtifactTime.of(context.started()));
        metadata.put("env", context.metadataEnv());
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (NodeResult result : run.nodes()) {
            if (KNOWN.contains(result.node().kind())) {
                results.add(result(result));
            }
        }
        if (command.equals("build")) {
            results.addAll(new NoOpResults(manifest, run).of(context.selected()));
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata);
        json.put("results", results);
        json.put("elapsed_time", seconds(run.elapsed()));
        json.put("args", args(run, command));
        return json;
    }

    /** What was asked for, from which {@code retry} does it again. */
    private Map<String, @Nullable Object> args(RunResult run, String command) {
        Invocation invocation = context.project().invocation();
        Map<String, @Nullable Object> args = new LinkedHashMap<>();
        invocation.flags().forEach((name, value) -> args.put(name.toLowerCase(Locale.ROOT), value));
        args.put("which", command);
        args.put("invocation_command", "millrace " + command);
        args.put("full_refresh", invocation.fullRefresh());
        args.put("vars", invocation.vars());
        args.put("project_dir", context.project().root().toString());
        invocation.target().ifPresent(target -> args.put("target", target));
        invocation.profile().ifPresent(profile -> args.put("profile", profile));
        invocation.threads().ifPresent(threads -> args.put("threads", threads));
        List<String> unfinished = run.nodes().stream()
                .filter(node ->
                        !KNOWN.contains(node.node().kind()) && node.status().blocks())
                .map(node -> node.node().id().toString())
                .toList();
        if (!unfinished.isEmpty()) {
            args.put("unfinished", unfinished);
        }
        return args;
    }

    private Map<String, @Nullable Object> result(NodeResult result) {
        NodeId id = result.node().id();
        Resource resource = manifest.resources().get(id);
        String sql = id.kind() == NodeKind.SEED ? null : compiled.get(id);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        BatchResults parts = batches.get(id);
        boolean partial = parts != null && parts.partial();
        json.put("status", partial ? "partial success" : result.status().key());
        json.put("timing", result.details().getOrDefault("timing", List.of()));
        json.put("thread_id", result.thread());
        json.put("execution_time", seconds(result.elapsed()));
        json.put("adapter_response", result.details().getOrDefault("adapter_response", Map.of()));
        json.put("message", result.message().isEmpty() ? null : message(result, parts));
        json.put("failures", result.failures().isPresent() ? result.failures().getAsLong() : null);
        json.put("unique_id", id.toString());
        json.put("compiled", result.status() != Status.SKIPPED && sql != null);
        json.put("compiled_code", sql);
        json.put(
                "relation_name",
                resource == null ? null : NodeJson.of(resource, 0).get("relation_name"));
        json.put("batch_results", parts == null ? null : parts.toMap());
        return json;
    }

    private static String message(NodeResult result, @Nullable BatchResults parts) {
        if (parts != null && parts.partial()) {
            return "PARTIAL SUCCESS (" + parts.count() + ")";
        }
        return result.error()
                .flatMap(error -> error.position().map(position -> result.message() + " (" + position + ")"))
                .orElse(result.message());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
