package dev.millrace.transform.internal.adapter;

import dev.millrace.transform.internal.relation.ResultTable;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The warehouse session of one running node, with dbt's way of transactions: a statement may open one,
 * {@code adapter.commit()} ends it, and what is still open at the end is rolled back. Owned by one thread.
 */
public final class Connection implements AutoCloseable {
    private final Supplier<Session> opener;
    private final Consumer<String> printer;
    private volatile @Nullable Session session;
    private boolean open;

    /**
     * @param opener opens the session when it is first needed: many a template compiles without one
     * @param printer where a template prints an answer to
     */
    public Connection(Supplier<Session> opener, Consumer<String> printer) {
        this.opener = opener;
        this.printer = printer;
    }

    public Session session() {
        Session known = session;
        if (known == null) {
            known = opener.get();
            session = known;
        }
        return known;
    }

    /** Stops what the session is doing; may be called from any thread. */
    public void cancel() {
        Session known = session;
        if (known != null) {
            known.cancel();
        }
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
            Table table = session().query(sql);
            return new Answer(new Response("OK", -1), ResultTable.of(table, printer));
        }
        long changed = session().execute(sql);
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
            session().begin();
            open = true;
        }
    }

    public void commit() {
        if (open) {
            open = false;
            session().commit();
        }
    }

    public void rollback() {
        open = false;
        Session known = session;
        if (known != null) {
            known.rollback();
        }
    }

    public boolean inTransaction() {
        return open;
    }

    @Override
    public void close() {
        try {
            rollback();
        } finally {
            Session known = session;
            if (known != null) {
                known.close();
            }
        }
    }
}
