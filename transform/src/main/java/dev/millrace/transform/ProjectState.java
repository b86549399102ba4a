package dev.millrace.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.select.OtherMethods;
import dev.millrace.transform.internal.artifact.JsonReader;
import dev.millrace.transform.internal.artifact.StateComparison;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of an earlier run, Millrace's or dbt's, to compare the project with: dbt's selector methods
 * {@code state}, {@code result} and {@code source_status}, and deferral. The files are read when first needed. Not
 * thread-safe.
 */
public final class ProjectState implements OtherMethods {
    private static final List<String> STATUSES =
            List.of("error", "fail", "pass", "skipped", "success", "warn", "runtime error", "partial success");

    private final TransformLayer layer;
    private final Optional<Path> folder;
    private @Nullable StateComparison comparison;

    /**
     * @param layer that has contributed its nodes
     * @param folder that holds the artifacts; without one the methods say that it is missing
     */
    public ProjectState(TransformLayer layer, Optional<Path> folder) {
        this.layer = layer;
        this.folder = folder;
    }

    @Override
    public Optional<Predicate<Node>> find(String method, List<String> arguments, String value) {
        return switch (method) {
            case "state" -> Optional.of(state(value));
            case "result" -> Optional.of(result(value));
            case "source_status" -> Optional.of(sourceStatus(value));
            default -> Optional.empty();
        };
    }

    /**
     * What stands in for nodes that are not selected.
     *
     * @param favorState whether also for what exists
     */
    public Deferral deferral(Collection<NodeId> selected, boolean favorState) {
        return Deferral.of(artifact("manifest.json"), selected, favorState);
    }

    private Predicate<Node> state(String value) {
        if (!StateComparison.CHECKS.contains(value)) {
            throw unknown("state", value, StateComparison.CHECKS);
        }
        StateComparison known = comparison;
        if (known == null) {
            known = new StateComparison(layer.parsed(), artifact("manifest.json"));
            comparison = known;
        }
        StateComparison compared = known;
        return node -> compared.matches(node.id(), value);
    }

    private Predicate<Node> result(String value) {
        if (!STATUSES.contains(value)) {
            throw unknown("result", value, STATUSES);
        }
        Set<String> ids = new HashSet<>();
        artifact("run_results.json").path("results").forEach(result -> {
            if (result.path("status").asText().equals(value)) {
                ids.add(result.path("unique_id").asText());
            }
        });
        return node -> ids.contains(node.id().toString());
    }

    /** Sources that were loaded after the state was, as the project's own sources.json says. */
    private Predicate<Node> sourceStatus(String value) {
        if (!value.equals("fresher")) {
            throw unknown("source_status", value, List.of("fresher"));
        }
        Map<String, Instant> before = loaded(artifact("sources.json"));
        Path target = layer.parsed().context().project().targetDir();
        Path own = target.resolve("sources.json");
        Map<String, Instant> now = loaded(JsonReader.read(own)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "there is no " + own + " to compare the state with",
                        null,
                        "Ask for it first: millrace source freshness.",
                        null)));
        return node -> {
            Instant newest = now.get(node.id().toString());
            Instant known = before.get(node.id().toString());
            return newest != null && (known == null || newest.isAfter(known));
        };
    }

    private static Map<String, Instant> loaded(JsonNode sources) {
        Map<String, Instant> loaded = new HashMap<>();
        sources.path("results").forEach(result -> {
            if (result.path("max_loaded_at").isTextual()) {
                loaded.put(
                        result.path("unique_id").asText(),
                        OffsetDateTime.parse(result.path("max_loaded_at").asText())
                                .toInstant());
            }
        });
        return loaded;
    }

    private JsonNode artifact(String name) {
        Path file = folder.orElseThrow(() -> new MillraceException(
                        ErrorCode.USAGE,
                        "there is no state to compare with",
                        null,
                        "Name the folder with an earlier run's artifacts: --state DIR.",
                        null))
                .resolve(name);
        return JsonReader.read(file)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "the state has no " + file,
                        null,
                        "Keep a copy of the target folder of an earlier run, and name it with --state.",
                        null));
    }

    private static MillraceException unknown(String method, String value, List<String> known) {
        return new MillraceException(
                ErrorCode.SELECTOR_INVALID,
                "'" + method + ":" + value + "' is unknown",
                null,
                Suggestion.hint(value, known),
                null);
    }
}
