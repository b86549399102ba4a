package dev.millrace.server.internal.openlineage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Column;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Run events as openlineage.io's specification 2-0-2 writes them. Used by one listener. */
public final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PRODUCER = "https://github.com/millrace/millrace";
    private static final String SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String FACETS = "https://openlineage.io/spec/facets/";

    private final String namespace;
    private final Graph graph;
    private final Function<RelationName, List<Column>> columns;
    private final ColumnLineageFacet lineage;

    /**
     * @param namespace of the jobs
     * @param columns of a relation; empty when they are not known
     * @param lineage which columns are made of which; asked once, by the thread that sends
     */
    public EventJson(
            String namespace,
            Graph graph,
            Function<RelationName, List<Column>> columns,
            Supplier<ColumnGraph> lineage) {
        this.namespace = namespace;
        this.graph = graph;
        this.columns = columns;
        this.lineage = new ColumnLineageFacet(graph, lineage);
    }

    /** How a job works, as its facet names it. */
    enum Processing {
        BATCH,
        STREAMING
    }

    ObjectNode event(String type, Instant at, UUID run, String job, Processing processing, String jobType) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventType", type);
        event.put("eventTime", at.toString());
        event.putObject("run").put("runId", run.toString()).putObject("facets");
        ObjectNode named = event.putObject("job").put("namespace", namespace).put("name", job);
        facet(named.putObject("facets"), "jobType", "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet")
                .put("processingType", processing.name())
                .put("integration", "MILLRACE")
                .put("jobType", jobType);
        event.put("producer", PRODUCER);
        event.put("schemaURL", SPEC);
        return event;
    }

    /** An event about a node. */
    ObjectNode event(String type, Instant at, UUID run, Node node, Processing processing) {
        ObjectNode event = event(
                type,
                at,
                run,
                node.id().toString(),
                processing,
                node.kind().key().toUpperCase(Locale.ROOT));
        if (!node.description().isBlank()) {
            facet(
                            (ObjectNode) event.get("job").get("facets"),
                            "documentation",
                            "1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet")
                    .put("description", node.description());
        }
        return event;
    }

    void parent(ObjectNode event, UUID run, String job) {
        ObjectNode parent = facet(runFacets(event), "parent", "1-2-0/ParentRunFacet.json#/$defs/ParentRunFacet");
        parent.putObject("run").put("runId", run.toString());
        parent.putObject("job").put("namespace", namespace).put("name", job);
    }

    void error(ObjectNode event, String message) {
        facet(runFacets(event), "errorMessage", "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet")
                .put("message", message)
                .put("programmingLanguage", "SQL");
    }

    /** What a node reads. Looks into the warehouse. */
    void inputs(ObjectNode event, Node node) {
        ArrayNode inputs = event.putArray("inputs");
        Set<RelationName> relations = new LinkedHashSet<>();
        node.inputs().forEach(id -> graph.node(id).flatMap(Node::relation).ifPresent(relations::add));
        relations.forEach(relation -> schema(dataset(inputs, relation), relation));
        node.reads().forEach(read -> dataset(inputs, read));
    }

    /** What a node is about to write. */
    void outputs(ObjectNode event, Node node) {
        ArrayNode outputs = event.putArray("outputs");
        if (node.writesRelation()) {
            dataset(outputs, node.relation().orElseThrow());
        }
        node.sends().forEach(sent -> dataset(outputs, sent));
    }

    /** What a node has written. Looks into the warehouse. */
    void written(ObjectNode event, Node node, OptionalLong rows) {
        ArrayNode outputs = event.putArray("outputs");
        if (node.writesRelation()) {
            RelationName relation = node.relation().orElseThrow();
            ObjectNode output = dataset(outputs, relation);
            schema(output, relation);
            lineage.of(node)
                    .ifPresent(fields -> facet(
                                    facets(output),
                                    "columnLineage",
                                    "1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet")
                            .setAll(fields));
            rows.ifPresent(count -> facet(
                            output.putObject("outputFacets"),
                            "outputStatistics",
                            "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet")
                    .put("rowCount", count));
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

    private static ObjectNode runFacets(ObjectNode event) {
        return (ObjectNode) event.get("run").get("facets");
    }

    private static ObjectNode facet(ObjectNode facets, String name, String schema) {
        return facets.putObject(name).put("_producer", PRODUCER).put("_schemaURL", FACETS + schema);
    }
}
