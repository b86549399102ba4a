package dev.millrace.quality.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The columns of relations, looked up once in a run. Thread-safe. */
public final class Catalogue {
    private final ConcurrentMap<String, Looked> known = new ConcurrentHashMap<>();

    /** A relation as a run found it. */
    record Looked(String runId, RelationName relation, List<Column> columns) {
        /** Whether it is a table, which few expectations have to know. */
        Supplier<RelationType> type(Session session) {
            return () -> session.relationType(relation).orElseThrow(() -> missing(relation));
        }
    }

    Looked look(Session session, RelationName relation, String runId) {
        Looked looked = known.get(relation.key());
        if (looked == null || !looked.runId().equals(runId)) {
            List<Column> columns = session.columns(relation);
            if (columns.isEmpty()) {
                throw missing(relation);
            }
            looked = new Looked(runId, relation, columns);
            known.put(relation.key(), looked);
        }
        return looked;
    }

    private static MillraceException missing(RelationName relation) {
        return new MillraceException(
                ErrorCode.SQL_FAILED,
                "the relation " + relation + " does not exist",
                null,
                "Build it first: expectations are about what is in the warehouse.",
                null);
    }
}
