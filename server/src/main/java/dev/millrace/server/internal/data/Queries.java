package dev.millrace.server.internal.data;

import dev.millrace.serving.QueryGuard;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        FirstRows first = relations.within(relations.main(), limit, session -> run(session, sql, maxRows));
        return new Answer(
                new Table(first.columns, first.rows), first.more, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Runs exactly the text that was checked, and stops reading when there are rows enough. */
    private FirstRows run(Session session, String sql, int rows) {
        FirstRows first = new FirstRows(rows);
        try {
            session.forEachRow(guard.check(session, sql).sql(), first);
        } catch (Enough e) {
            first.more = true;
        }
        return first;
    }

    /** Keeps the first rows of an answer. */
    private static final class FirstRows implements RowConsumer {
        private final int most;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private List<Column> columns = List.of();
        private boolean more;

        FirstRows(int most) {
            this.most = most;
        }

        @Override
        public void columns(List<Column> found) {
            columns = List.copyOf(found);
        }

        @Override
        public void accept(@Nullable Object[] values) {
            if (rows.size() == most) {
                throw new Enough();
            }
            rows.add(Collections.unmodifiableList(Arrays.asList(values.clone())));
        }
    }

    /** Ends the reading of an answer that has more rows than are wanted. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough rows", null, false, false);
        }
    }
}
