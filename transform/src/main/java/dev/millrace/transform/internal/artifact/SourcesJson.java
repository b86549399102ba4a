package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunResult;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.resource.SourceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sources were asked for their freshness, as dbt's sources.json, version 3. */
public final class SourcesJson {
    private final ProjectContext context;
    private final Map<NodeId, SourceTable> sources;

    public SourcesJson(ProjectContext context, Map<NodeId, SourceTable> sources) {
        this.context = context;
        this.sources = sources;
    }

    public Map<String, @Nullable Object> toMap(RunResult run) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/sources/v3.json");
        metadata.put("dbt_version", ProjectContext.DBT_VERSION);
        metadata.put("generated_at", ArtifactTime.of(Instant.now()));
        metadata.put("invocation_id", context.invocationId());
        metadata.put("invocation_started_at", ArtifactTime.of(context.started()));
        metadata.put("env", context.metadataEnv());
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (NodeResult result : run.nodes()) {
            if (result.node().kind() == NodeKind.SOURCE) {
                results.add(result(result));
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata);
        json.put("results", results);
        json.put("elapsed_time", run.elapsed().toNanos() / 1e9);
        return json;
    }

    private Map<String, @Nullable Object> result(NodeResult result) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("unique_id", result.node().id().toString());
        SourceTable source = sources.get(result.node().id());
        if (source == null || !result.details().containsKey("max_loaded_at")) {
            json.put("error", result.message());
            json.put("status", "runtime error");
            return json;
        }
        json.put("max_loaded_at", result.details().get("max_loaded_at"));
        json.put("snapshotted_at", result.details().get("snapshotted_at"));
        json.put("max_loaded_at_time_ago_in_s", result.details().get("age"));
        json.put(
                "status",
                result.status() == Status.FAIL ? "error" : result.status().key());
        json.put("criteria", source.extra().get("freshness"));
        json.put("adapter_response", result.details().getOrDefault("adapter_response", Map.of()));
        json.put("timing", result.details().getOrDefault("timing", List.of()));
        json.put("thread_id", result.thread());
        json.put("execution_time", result.elapsed().toNanos() / 1e9);
        return json;
    }
}
