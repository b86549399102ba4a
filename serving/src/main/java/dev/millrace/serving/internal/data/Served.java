package dev.millrace.serving.internal.data;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.serving.DataRelation;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Warehouse;
import java.util.List;

/** A relation with the node that stands for it and the warehouse that holds it. */
public record Served(RelationName relation, Node node, Warehouse warehouse) {
    public DataRelation described(List<Column> columns) {
        return new DataRelation(
                relation.toString(), node.id().toString(), node.kind().key(), node.description(), columns);
    }

    /** Without what a header of HTTP or a file system would stumble over. */
    public String fileName() {
        return relation.toString().replaceAll("[^\\w.-]", "_");
    }
}
