package dev.millrace.server.internal.openlineage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunResult;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Column;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run: START and COMPLETE, FAIL or ABORT of the run and of each node that was started, as
 * openlineage.io's specification 2-0-2 writes them. A node's run names the whole run as its parent. Owned by one run.
 */
public final class LineageEvents implements RunListener {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PRODUCER = "https://github.com/millrace/millrace";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    private final String namespace;
    private final String project;
    private final Graph graph;
    private final Function<RelationName, List<Column>> columns;
    private final ColumnLineageFacet lineage;
    private final EventSender sender;
    private UUID runId = new UUID(0, 0);
    private String command = "";

    public LineageEvents(
            String namespace,
            String project,
            Graph graph,
            Function<RelationName, List<Column>> columns,
            Supplier<ColumnGraph> lineage,
            EventSender sender) {
        this.namespace = namespace;
        this.project = project;
        this.graph = graph;
        this.columns = columns;
        this.lineage = new ColumnLineageFacet(graph, lineage);
        this.sender = sender;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            runId = uuid(started.runId());
            command = started.command();
            run("START", started.at());
        } else if (event instanceof RunEvent.NodeStarted started) {
            node("START", started.at(), started.node(), null);
        } else if (event instanceof RunEvent.NodeFinished finished) {
            NodeResult result = finished.result();
            if (result.attempts() > 0) {
                node(type(result), finished.at(), result.node(), result);
            }
        } else if (event instanceof RunEvent.RunFinished finished) {
            RunResult result = finished.result();
            run(result.cancelled() ? "ABORT" : result.ok() ? "COMPLETE" : "FAIL", finished.at());
        }
    }

    private static String type(NodeResult result) {
        return switch (result.status()) {
            case SUCCESS, PASS, WARN -> "COMPLETE";
            case FAIL, ERROR -> "FAIL";
            case SKIPPED -> "ABORT";
        };
    }

    private void run(String type, Instant at) {
        ObjectNode event = event(type, at, runId, project + "." + command, "RUN");
        sender.send(event::toString);
    }

    private void node(String type, Instant at, Node node, @Nullable NodeResult result) {
        UUID id = UUID.nameUUIDFromBytes((runId + "/" + node.id()).getBytes(StandardCharsets.UTF_8));
        ObjectNode event =
                event(type, at, id, node.id().toString(), node.kind().key().toUpperCase(Locale.ROOT));
        ObjectNode parent = facet(runFacets(event), "parent", "1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet");
        parent.putObject("run").put("runId", runId.toString());
        parent.putObject("job").put("namespace", namespace).put("name", project + "." + command);
        if (result != null && type.equals("FAIL")) {
            facet(runFacets(event), "errorMessage", "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet")
                    .put("message", result.message())
                    .put("programmingLanguage", "SQL");
        }
        if (!node.description().isBlank()) {
            ((ObjectNode) event.get("job").get("facets"))
                    .set(
                            "documentation",
                            facet("1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet")
                                    .put("description", node.description()));
        }
        // What stands in the warehouse is looked at when the event is sent, not while the run waits.
        boolean ended = result != null && type.equals("COMPLETE");
        sender.send(() -> {
            inputs(event.putArray("inputs"), node);
            outputs(event.putArray("outputs"), node, ended ? result : null);
            return event.toString();
        });
    }

    private void inputs(ArrayNode inputs, Node node) {
        Set<RelationName> relations = new LinkedHashSet<>();
        node.inputs().forEach(id -> graph.node(id).flatMap(Node::relation).ifPresent(relations::add));
        relations.forEach(relation -> schema(dataset(inputs, relation), relation));
        node.reads().forEach(read -> dataset(inputs, read));
    }

    private void outputs(ArrayNode outputs, Node node, @Nullable NodeResult result) {
        if (node.writesRelation()) {
            RelationName relation = node.relation().orElseThrow();
            ObjectNode output = dataset(outputs, relation);
            if (result != null) {
                schema(output, relation);
                lineage.of(node)
                        .ifPresent(fields -> facet(
                                        facets(output),
                                        "columnLineage",
                                        "1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet")
                                .setAll(fields));
                result.rows()
                        .ifPresent(rows -> output.putObject("outputFacets")
                                .set(
                                        "outputStatistics",
                                        facet("1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/"
                                                        + "OutputStatisticsOutputDatasetFacet")
                                                .put("rowCount", rows)));
            }
        }
        node.sends().forEach(sent -> dataset(outputs, sent));
    }

    private static ObjectNode dataset(ArrayNode datasets, RelationName relation) {
        return datasets.addObject()
                .put("namespace", relation.warehouse())
                .put("name", relation.database() + "." + relation.schema() + "." + relation.identifier());
    }

    private static void dataset(ArrayNode datasets, Dataset dataset) {
        ObjectNode json =
                datasets.addObject().put("namespace", dataset.system()).put("name", dataset.name());
        if (!dataset.fields().isEmpty()) {
            ArrayNode fields = schema(json).putArray("fields");
            dataset.fields().forEach(field -> fields.addObject().put("name", field));
        }
    }

    private void schema(ObjectNode dataset, RelationName relation) {
        List<Column> known = columns.apply(relation);
        if (!known.isEmpty()) {
            ArrayNode fields = schema(dataset).putArray("fields");
            known.forEach(
                    column -> fields.addObject().put("name", column.name()).put("type", column.type()));
        }
    }

    private static ObjectNode schema(ObjectNode dataset) {
        return facet(facets(dataset), "schema", "1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet");
    }

    private static ObjectNode facets(ObjectNode dataset) {
        return dataset.withObject("/facets");
    }

    private ObjectNode event(String type, Instant at, UUID id, String job, String jobType) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventType", type);
        event.put("eventTime", at.toString());
        ObjectNode run = event.putObject("run");
        run.put("runId", id.toString());
        run.putObject("facets");
        ObjectNode named = event.putObject("job").put("namespace", namespace).put("name", job);
        facet(named.putObject("facets"), "jobType", "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "MILLRACE")
                .put("jobType", jobType);
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPEC);
        return event;
    }

    private static ObjectNode runFacets(ObjectNode event) {
        return (ObjectNode) event.get("run").get("facets");
    }

    private static ObjectNode facet(ObjectNode facets, String name, String schema) {
        ObjectNode facet = facet(schema);
        facets.set(name, facet);
        return facet;
    }

    private static ObjectNode facet(String schema) {
        return JSON.createObjectNode().put("_producer", PRODUCER).put("_schemaURL", FACETS + schema);
    }

    private static UUID uuid(String runId) {
        try {
            return UUID.fromString(runId);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8));
        }
    }
}
