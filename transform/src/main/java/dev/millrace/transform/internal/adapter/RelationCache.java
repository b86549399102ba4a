package dev.millrace.transform.internal.adapter;

import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.Session;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The relations of the schemas a run builds into: each schema is listed once, then kept up to date by what the run
 * does. Only relations that the project itself writes are trusted to it; others may be written by someone else
 * meanwhile. Thread-safe.
 */
public final class RelationCache {
    private final Set<String> owned;
    private final ConcurrentMap<String, Boolean> ready = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, RelationKind> relations = new ConcurrentHashMap<>();

    /** @param owned {@link RelationName#key} of every relation the project writes */
    public RelationCache(Set<String> owned) {
        this.owned = new HashSet<>(owned);
    }

    /** Lists the schema, and makes it if it is missing, unless this has been done. */
    public void prepare(Session session, String database, String schema) {
        String key = (database + "\0" + schema).toLowerCase(Locale.ROOT);
        if (!ready.containsKey(key)) {
            ready.computeIfAbsent(key, k -> {
                session.createSchema(database, schema);
                for (Relation relation : session.relations(database, schema)) {
                    relations.put(relation.name().key(), RelationKind.of(relation.type()));
                }
                return true;
            });
        }
    }

    /** What the relation is, if it exists. */
    public Optional<RelationKind> kind(Session session, RelationName name) {
        String schema = (name.database() + "\0" + name.schema()).toLowerCase(Locale.ROOT);
        if (owned.contains(name.key()) && ready.containsKey(schema)) {
            return Optional.ofNullable(relations.get(name.key()));
        }
        return session.relationType(name).map(RelationKind::of);
    }

    public void add(RelationName name, RelationKind kind) {
        relations.put(name.key(), kind);
    }

    public void remove(RelationName name) {
        relations.remove(name.key());
    }

    public void rename(RelationName from, RelationName to) {
        RelationKind kind = relations.remove(from.key());
        if (kind != null) {
            relations.put(to.key(), kind);
        }
    }

    /** Looks again at one relation, after something about it failed half-way. */
    public void refresh(Session session, RelationName name) {
        Optional<RelationKind> kind = session.relationType(name).map(RelationKind::of);
        if (kind.isPresent()) {
            relations.put(name.key(), kind.get());
        } else {
            relations.remove(name.key());
        }
    }

    /** Forgets a schema that was dropped. */
    public void forget(String database, String schema) {
        ready.remove((database + "\0" + schema).toLowerCase(Locale.ROOT));
    }
}
