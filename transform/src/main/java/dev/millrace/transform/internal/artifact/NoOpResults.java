package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunResult;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What dbt's {@code build} says of selected exposures and saved queries, for which there is nothing to do:
 * {@code no-op}, or {@code skipped} when something that they depend on has failed.
 */
final class NoOpResults {
    private final Manifest manifest;
    private final Set<NodeId> blocked = new HashSet<>();
    /** What the tests are of that hold back their readers. */
    private final List<List<NodeId>> gates = new ArrayList<>();

    NoOpResults(Manifest manifest, RunResult run) {
        this.manifest = manifest;
        for (NodeResult result : run.nodes()) {
            if (result.status().blocks()) {
                if (result.node().gate()) {
                    if (!result.node().inputs().isEmpty()) {
                        gates.add(result.node().inputs());
                    }
                } else {
                    blocked.add(result.node().id());
                }
            }
        }
    }

    List<Map<String, @Nullable Object>> of(Collection<String> selected) {
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (Exposure exposure : manifest.exposures().values()) {
            add(results, exposure.identity().id(), exposure.dependencies().nodes(), selected);
        }
        for (SemanticNode node : manifest.semantics().values()) {
            if (node.id().kind() == NodeKind.SAVED_QUERY) {
                add(results, node.id(), node.dependencies().nodes(), selected);
            }
        }
        return results;
    }

    private void add(
            List<Map<String, @Nullable Object>> results, NodeId id, List<NodeId> inputs, Collection<String> selected) {
        if (!selected.contains(id.toString())) {
            return;
        }
        boolean skipped = isBlocked(inputs);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", skipped ? "skipped" : "no-op");
        json.put("timing", List.of());
        json.put("thread_id", "main");
        json.put("execution_time", 0.0);
        json.put("adapter_response", Map.of());
        json.put("message", skipped ? null : "NO-OP");
        json.put("failures", skipped ? null : 0);
        json.put("unique_id", id.toString());
        json.put("compiled", null);
        json.put("compiled_code", null);
        json.put("relation_name", null);
        json.put("batch_results", null);
        results.add(json);
    }

    /** Whether anything upstream has failed, or a test of nothing but what is upstream. */
    private boolean isBlocked(List<NodeId> inputs) {
        Set<NodeId> upstream = new HashSet<>();
        Deque<NodeId> open = new ArrayDeque<>(inputs);
        while (!open.isEmpty()) {
            NodeId id = open.pop();
            if (upstream.add(id)) {
                open.addAll(inputs(id));
            }
        }
        return !Collections.disjoint(upstream, blocked) || gates.stream().anyMatch(upstream::containsAll);
    }

    private List<NodeId> inputs(NodeId id) {
        Resource resource = manifest.resources().get(id);
        SemanticNode meaning = manifest.semantics().get(id);
        if (resource != null) {
            return resource.dependencies().nodes();
        }
        return meaning == null ? List.of() : meaning.dependencies().nodes();
    }
}
