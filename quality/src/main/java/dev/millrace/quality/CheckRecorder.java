package dev.millrace.quality;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.quality.internal.json.Json;
import dev.millrace.quality.internal.report.CheckResult;
import dev.millrace.quality.internal.report.History;
import dev.millrace.quality.internal.report.ReportPage;
import dev.millrace.quality.internal.report.ValidationJson;
import dev.millrace.quality.internal.run.ExpectationStep;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the checks of a run (expectations and dbt's tests) came to: adds it to {@code _millrace.check_results} in
 * the project's warehouse, and writes {@code target/quality/index.html} for people and
 * {@code target/quality/results.json} in the shape of Great Expectations' validation results. A listener of one run or
 * of several, one after the other; does nothing for a run without checks.
 */
public final class CheckRecorder implements RunListener {
    private final QualityLayer layer;
    private final Clock clock;
    private final List<CheckResult> results = new ArrayList<>();
    private String runId = "";

    /** @param layer that has contributed its nodes */
    public CheckRecorder(QualityLayer layer, Clock clock) {
        this.layer = layer;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            runId = started.runId();
            results.clear();
        } else if (event instanceof RunEvent.NodeFinished finished) {
            NodeKind kind = finished.result().node().kind();
            boolean check = kind == NodeKind.EXPECTATION || kind == NodeKind.TEST || kind == NodeKind.UNIT_TEST;
            if (check && finished.result().status() != Status.SKIPPED) {
                results.add(result(finished.result()));
            }
        } else if (event instanceof RunEvent.RunFinished && !results.isEmpty()) {
            write();
        }
    }

    private void write() {
        Map<String, List<History.Past>> past = Map.of();
        String trouble = "";
        // Results are worth showing even where they cannot be kept.
        try (Session session =
                layer.warehouses().warehouse(layer.project().target()).open()) {
            History.append(session, results);
            past = History.recent(session);
        } catch (MillraceException e) {
            trouble = e.text();
        }
        Path folder = layer.project().targetDir().resolve("quality");
        Json.save(folder.resolve("results.json"), Json.pretty(ValidationJson.of(runId, results, clock.instant())));
        Json.save(
                folder.resolve("index.html"),
                new ReportPage(layer.project().name(), results, past, trouble, clock.instant()).html());
    }

    private CheckResult result(NodeResult finished) {
        Node node = finished.node();
        boolean success = finished.status() == Status.PASS || finished.status() == Status.SUCCESS;
        // Not by its step: a run may have laid something around that.
        Map<String, Object> about = layer.description(node.id()).orElseGet(() -> aboutTest(node));
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (finished.details().get(ExpectationStep.OUTCOME) instanceof Map<?, ?> outcome
                && outcome.get("result") instanceof Map<?, ?> result) {
            result.forEach((key, value) -> values.put(String.valueOf(key), value));
        } else if (finished.failures().isPresent()) {
            values.put("unexpected_count", finished.failures().getAsLong());
        }
        Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
        if (about.get("kwargs") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> kwargs.put(String.valueOf(key), value));
        }
        return new CheckResult(
                runId,
                node.id().toString(),
                node.name(),
                text(about, "relation"),
                text(about, "suite"),
                text(about, "type"),
                kwargs,
                text(about, "severity"),
                text(about, "words"),
                text(about, "notes"),
                finished.status().key(),
                success,
                finished.message(),
                values,
                finished.started(),
                finished.elapsed());
    }

    private Map<String, Object> aboutTest(Node node) {
        Map<String, Object> about = new LinkedHashMap<>();
        for (NodeId input : node.inputs()) {
            layer.relation(input).map(RelationName::toString).ifPresent(name -> about.putIfAbsent("relation", name));
        }
        Object severity = node.config().get("severity");
        boolean warns = severity != null && severity.toString().equalsIgnoreCase("warn");
        about.put("type", String.valueOf(node.attributes().getOrDefault("test_name", node.name())));
        about.put("severity", warns ? "warning" : "critical");
        about.put("words", node.name().replace('_', ' '));
        about.put("notes", node.description());
        return about;
    }

    private static String text(Map<String, Object> about, String key) {
        return about.get(key) instanceof String text ? text : "";
    }
}
