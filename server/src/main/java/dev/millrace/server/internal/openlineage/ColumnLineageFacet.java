package dev.millrace.server.internal.openlineage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The content of OpenLineage's facet {@code columnLineage}: for each field the fields it is made of, and those that
 * decide about the rows of the whole dataset. Used by the thread that sends.
 */
final class ColumnLineageFacet {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, RelationName> relations = new HashMap<>();
    private final Supplier<ColumnGraph> lineage;
    private @Nullable ColumnGraph known;

    ColumnLineageFacet(Graph graph, Supplier<ColumnGraph> lineage) {
        graph.nodes()
                .forEach(node -> node.relation()
                        .ifPresent(name -> relations.put(node.id().toString(), name)));
        this.lineage = lineage;
    }

    /** Empty where nothing is known of the node's columns. */
    Optional<ObjectNode> of(Node node) {
        ColumnGraph columns = known;
        if (columns == null) {
            columns = lineage.get();
            known = columns;
        }
        return columns.node(node.id().toString())
                .filter(one -> one.columns().stream()
                        .anyMatch(column -> !column.inputs().isEmpty()))
                .map(this::fields);
    }

    private ObjectNode fields(NodeColumns node) {
        ObjectNode facet = JSON.createObjectNode();
        ObjectNode fields = facet.putObject("fields");
        for (OutputColumn column : node.columns()) {
            ArrayNode inputs = fields.putObject(column.name()).putArray("inputFields");
            column.inputs().forEach((input, use) -> add(inputs, input, use));
        }
        if (!node.conditions().isEmpty()) {
            ArrayNode dataset = facet.putArray("dataset");
            node.conditions().forEach(condition -> add(dataset, condition, Use.INDIRECT));
        }
        return facet;
    }

    private void add(ArrayNode inputs, SourceColumn input, Use use) {
        ObjectNode field = inputs.addObject();
        RelationName relation = relations.get(input.table());
        int colon = input.table().indexOf(':');
        if (relation != null) {
            field.put("namespace", relation.warehouse())
                    .put("name", relation.database() + "." + relation.schema() + "." + relation.identifier());
        } else {
            field.put("namespace", colon < 0 ? "" : input.table().substring(0, colon))
                    .put("name", input.table().substring(colon + 1));
        }
        field.put("field", input.column());
        ObjectNode kind = field.putArray("transformations").addObject();
        kind.put("type", use == Use.INDIRECT ? "INDIRECT" : "DIRECT");
        switch (use) {
            case DIRECT -> kind.put("subtype", "IDENTITY");
            case DERIVED -> kind.put("subtype", "TRANSFORMATION");
            case INDIRECT -> kind.put("subtype", "CONDITIONAL");
        }
    }
}
