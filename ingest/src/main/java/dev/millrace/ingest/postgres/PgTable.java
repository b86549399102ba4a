package dev.millrace.ingest.postgres;

import java.util.List;
import java.util.Map;

/**
 * A relation of the source with what is needed to read it.
 *
 * @param kind {@code relkind}: r table, p partitioned, f foreign, v view, m materialized view
 * @param included whether it is one of those read when a connection names none
 * @param estimatedRows negative when not known
 * @param types every type the columns lead to, by oid
 */
record PgTable(
        String schema,
        String name,
        char kind,
        boolean included,
        long estimatedRows,
        List<PgColumn> columns,
        List<String> primaryKey,
        Map<Long, PgType> types) {
    PgTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        types = Map.copyOf(types);
    }

    String qualifiedName() {
        return schema + "." + name;
    }
}
