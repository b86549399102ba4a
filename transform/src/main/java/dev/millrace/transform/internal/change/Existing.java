package dev.millrace.transform.internal.change;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which relations are in the target's warehouse. Each schema is listed once. Not thread-safe. */
final class Existing implements AutoCloseable {
    private final @Nullable Session session;
    private final String identity;
    private final Map<String, Set<String>> schemas = new HashMap<>();

    /** @param session null where there is no warehouse yet, or none that can be read */
    private Existing(@Nullable Session session, String identity) {
        this.session = session;
        this.identity = identity;
    }

    static Existing nothing(String identity) {
        return new Existing(null, identity);
    }

    /** @throws MillraceException if it cannot be opened */
    static Existing in(Warehouse warehouse) {
        return new Existing(warehouse.open(), warehouse.identity());
    }

    boolean readable() {
        return session != null;
    }

    /** Empty for a relation of another warehouse. */
    Optional<Boolean> has(RelationName name) {
        if (!name.warehouse().equals(identity)) {
            return Optional.empty();
        }
        return Optional.of(session != null
                && schemas.computeIfAbsent(
                                name.database() + "\0" + name.schema(),
                                key -> identifiers(session, name.database(), name.schema()))
                        .contains(name.identifier().toLowerCase(Locale.ROOT)));
    }

    private static Set<String> identifiers(Session session, String database, String schema) {
        return session.relations(database, schema).stream()
                .map(Relation::name)
                .map(name -> name.identifier().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
