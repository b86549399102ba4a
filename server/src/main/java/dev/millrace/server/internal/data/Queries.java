package dev.millrace.server.internal.data;

import dev.millrace.serving.QueryGuard;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.time.Duration;
import java.util.Locale;

/** Answers queries that people write, after {@link QueryGuard} has found that they only read. Thread-safe. */
public final class Queries {
    private final Relations relations;
    private final QueryGuard guard = new QueryGuard();

    public Queries(Relations relations) {
        this.relations = relations;
    }

    /**
     * What a query gave.
     *
     * @param truncated whether there are more rows
     */
    public record Answer(Table table, boolean truncated, Duration elapsed) {}

    /**
     * Answers one query on the project's warehouse.
     *
     * @param maxRows rows beyond it are left out
     * @throws dev.millrace.core.MillraceException QUERY_NOT_ALLOWED, SQL_FAILED, TIMEOUT
     */
    public Answer query(String sql, int maxRows, Duration limit) {
        long begin = System.nanoTime();
        Table table = relations.within(relations.main(), limit, session -> run(session, sql, maxRows + 1));
        boolean more = table.rows().size() > maxRows;
        Table shown = more ? new Table(table.columns(), table.rows().subList(0, maxRows)) : table;
        return new Answer(shown, more, Duration.ofNanos(System.nanoTime() - begin));
    }

    private Table run(Session session, String sql, int rows) {
        String checked = guard.check(session, sql).sql();
        boolean explain = checked.stripLeading().toLowerCase(Locale.ROOT).startsWith("explain");
        return session.query(explain ? checked : "select * from (\n" + checked + "\n) as answer limit " + rows);
    }
}
