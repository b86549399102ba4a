package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.util.Map;
import java.util.Optional;

/** Makes a view of a relation of another state, unless the node has a relation of its own already. */
public final class CloneStep implements Step {
    private final RunEnvironment runtime;
    private final Resource resource;
    private final Optional<RelationName> other;

    /** @param other where the state has the node; nothing if it does not know it */
    public CloneStep(RunEnvironment runtime, Resource resource, Optional<RelationName> other) {
        this.runtime = runtime;
        this.resource = resource;
        this.other = other;
    }

    @Override
    public StepResult run(StepContext step) {
        if (other.isEmpty()) {
            return done("No-op: the state does not have it");
        }
        RelationName own = resource.relation();
        if (own.key()
                .equals(new RelationName(
                                own.warehouse(),
                                other.get().database(),
                                other.get().schema(),
                                other.get().identifier())
                        .key())) {
            return done("No-op: it is the state's own relation");
        }
        try (Session session = runtime.warehouse().open();
                var ignored = step.onCancel(session::cancel)) {
            RelationCache relations = runtime.relations(step.runId());
            relations.prepare(session, own.database(), own.schema());
            Optional<RelationKind> known = relations.kind(session, own);
            if (known.isPresent() && !runtime.project().project().invocation().fullRefresh()) {
                return done("No-op: it is there already");
            }
            session.inTransaction(() -> {
                if (known.filter(kind -> kind == RelationKind.TABLE).isPresent()) {
                    session.execute("drop table " + session.dialect().quote(own));
                }
                session.execute("create or replace view " + session.dialect().quote(own) + " as select * from "
                        + session.dialect().quote(other.get()));
                return known;
            });
            relations.add(own, RelationKind.VIEW);
        }
        return done("CREATE VIEW");
    }

    private static StepResult done(String message) {
        return StepResult.success(message).with("adapter_response", Map.of("_message", message));
    }
}
