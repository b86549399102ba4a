package dev.millrace.ingest.internal;

import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.Warehouses;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where the streams of a connection land, and which of them models read. That is the connection's schema; but a
 * connection that names no schema also feeds the sources that models call by its own source's name, such as
 * {@code source('salesforce', 'Account')}, wherever dbt says those stand.
 */
final class Landing {
    private final GraphBuilder graph;
    private final ConnectionSpec connection;
    private final Warehouses warehouses;
    private final Target target;

    Landing(GraphBuilder graph, ConnectionSpec connection, Warehouses warehouses, Target target) {
        this.graph = graph;
        this.connection = connection;
        this.warehouses = warehouses;
        this.target = target;
    }

    /** The table of a stream. */
    RelationName table(String stream) {
        RelationName usual = warehouses.relation(target, connection.schema(), connection.prefix() + stream);
        if (connection.schemaGiven()) {
            return usual;
        }
        RelationName called = usual;
        for (Node node : graph.nodes()) {
            RelationName relation = node.relation().orElse(usual);
            if (node.kind() != NodeKind.SOURCE) {
                continue;
            }
            if (relation.key().equals(usual.key())) {
                return usual;
            }
            if (isCalled(node, relation) && streamOf(relation).equalsIgnoreCase(stream)) {
                called = relation;
            }
        }
        return called;
    }

    /** The names of the streams that models read from here, but for the tables in {@code provided}. */
    List<String> wanted(Set<String> provided) {
        RelationName schema = warehouses.relation(target, connection.schema(), "");
        Set<String> names = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            RelationName relation = node.relation().orElse(null);
            if (node.kind() != NodeKind.SOURCE || relation == null || provided.contains(relation.key())) {
                continue;
            }
            boolean inSchema = relation.withIdentifier("").key().equals(schema.key());
            boolean called = !connection.schemaGiven() && isCalled(node, relation);
            if ((inSchema || called) && isPrefixed(relation)) {
                names.add(streamOf(relation));
            }
        }
        return List.copyOf(names);
    }

    private boolean isCalled(Node node, RelationName relation) {
        return connection.source().equals(node.attributes().get("source_name"))
                && relation.warehouse()
                        .equals(warehouses.relation(target, "", "").warehouse())
                && isPrefixed(relation);
    }

    private boolean isPrefixed(RelationName relation) {
        return relation.identifier()
                .toLowerCase(Locale.ROOT)
                .startsWith(connection.prefix().toLowerCase(Locale.ROOT));
    }

    private String streamOf(RelationName relation) {
        return relation.identifier().substring(connection.prefix().length());
    }
}
