package dev.millrace.transform.internal.run;

import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.resource.Resource;
import java.util.UUID;

/**
 * Renders one node's SQL as a run does, with a session that is open and a schema that has been listed, and writes it
 * nowhere. Owned by one thread.
 */
public final class NodeRenderer implements AutoCloseable {
    private final RunEnvironment environment;
    private final Resource resource;
    private final Connection connection;
    private final RelationCache relations;

    public NodeRenderer(RunEnvironment environment, Resource resource) {
        this.environment = environment;
        this.resource = resource;
        this.connection = new Connection(() -> environment.warehouse().open(), text -> {});
        this.relations = environment.relations(UUID.randomUUID().toString());
        relations.prepare(
                connection.session(),
                resource.relation().database(),
                resource.relation().schema());
    }

    public String sql() {
        Execution execution = new Execution(environment, resource, connection, relations, (level, message) -> {}, true);
        return new SqlCompiler(environment, (ephemeral, compiled) -> {})
                .compile(execution, resource)
                .sql();
    }

    @Override
    public void close() {
        connection.close();
    }
}
