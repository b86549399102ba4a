package dev.millrace.serving;

import dev.millrace.serving.internal.data.Answer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.util.List;

/**
 * Answers SQL from outside in the formats of {@link DataApi}, after {@link QueryGuard} has checked it. An answer ends
 * after {@link DataOptions#maxRows}. Thread-safe. Throws what these throw.
 */
public final class SqlApi {
    private final Warehouse warehouse;
    private final QueryGuard guard;
    private final DataOptions options;

    public SqlApi(Warehouse warehouse, QueryGuard guard, DataOptions options) {
        this.warehouse = warehouse;
        this.guard = guard;
        this.options = options;
    }

    /** @param parameters values for {@code ?}, as texts that the query casts */
    public DataAnswer prepare(String sql, List<String> parameters, DataFormat format) {
        try (Session session = warehouse.open()) {
            CheckedQuery query = guard.check(session, sql);
            return new Answer(warehouse, query.sql(), parameters, format, "query." + format.extension(), options);
        }
    }
}
