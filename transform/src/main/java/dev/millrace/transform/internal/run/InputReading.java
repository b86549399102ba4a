package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.batch.TimeSpan;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.resource.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From where models read what they refer to.
 *
 * @param empty whether without rows
 * @param deferred what stands in for nodes that are not built
 * @param sample the span of event time that is read of what has an {@code event_time}
 */
public record InputReading(boolean empty, Optional<Deferred> deferred, Optional<TimeSpan> sample) {

    /**
     * The relations of another state.
     *
     * @param relations by node id
     * @param selected ids of the nodes that are built, and so read as they are
     * @param always whether they stand in even for what exists
     */
    public record Deferred(Map<String, RelationName> relations, Set<String> selected, boolean always) {
        public Deferred {
            relations = Map.copyOf(relations);
            selected = Set.copyOf(selected);
        }
    }

    boolean plain() {
        return !empty && deferred.isEmpty() && sample.isEmpty();
    }

    /** The same sample of other relations. */
    public InputReading with(boolean withoutRows, Optional<Deferred> state) {
        return new InputReading(withoutRows, state, sample);
    }

    DbtRelation of(DbtRelation relation) {
        return empty ? relation.withoutRows() : relation;
    }

    DbtRelation of(Resource target, Connection connection, RelationCache cache) {
        RelationName own = target.relation();
        RelationName name = deferred.flatMap(state -> Optional.ofNullable(
                                state.relations().get(target.id().toString()))
                        .filter(other -> !state.selected().contains(target.id().toString()))
                        .filter(other -> state.always()
                                || cache.kind(connection.session(), own).isEmpty()))
                .orElse(own);
        return of(DbtRelation.of(name, null));
    }
}
