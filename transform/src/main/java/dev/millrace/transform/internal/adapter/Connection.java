package dev.millrace.transform.internal.adapter;

import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;

/**
 * The warehouse session of one running node, with dbt's way of transactions: a statement may open one,
 * {@code adapter.commit()} ends it, and what is still open at the end is rolled back. Owned by one thread.
 */
public final class Connection implements AutoCloseable {
    private final Session session;
    private boolean open;

    public Connection(Session session) {
        this.session = session;
    }

    public Session session() {
        return session;
    }

    /** An answer to a statement. */
    public record Answer(Response response, ResultTable table) {}

    /**
     * @param begin whether to open a transaction first, unless one is open
     * @param fetch whether the answer's rows are wanted
     */
    public Answer execute(String sql, boolean begin, boolean fetch) {
        if (begin) {
            begin();
        }
        if (isBlank(sql)) {
            return new Answer(new Response("OK", -1), ResultTable.EMPTY);
        }
        if (fetch) {
            Table table = session.query(sql);
            return new Answer(new Response("OK", -1), ResultTable.of(table));
        }
        long changed = session.execute(sql);
        return new Answer(new Response("OK", changed > 0 ? changed : -1), ResultTable.EMPTY);
    }

    /** Whether there is nothing to run: white space, comments, semicolons. */
    static boolean isBlank(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c) || c == ';') {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                at = end < 0 ? sql.length() : end + 2;
            } else {
                return false;
            }
        }
        return true;
    }

    public void begin() {
        if (!open) {
            session.begin();
            open = true;
        }
    }

    public void commit() {
        if (open) {
            open = false;
            session.commit();
        }
    }

    public void rollback() {
        open = false;
        session.rollback();
    }

    public boolean inTransaction() {
        return open;
    }

    @Override
    public void close() {
        try {
            rollback();
        } finally {
            session.close();
        }
    }
}
