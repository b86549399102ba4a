package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What a session is doing now, so that another thread can stop it. DuckDB forgets an interrupt that comes just before a
 * statement starts, so it is repeated until the work has ended.
 */
final class Activity {
    private static final long REPEAT_MILLIS = 20;

    private int depth;
    private boolean stopped;
    private @Nullable Statement statement;

    /**
     * Begins work; nested work belongs to the outermost. A run that is cancelled interrupts the thread and stops the
     * session; when the session was between two statements just then, the interrupt is what is left to tell.
     */
    synchronized void enter() {
        if (depth++ == 0) {
            stopped = Thread.currentThread().isInterrupted();
        }
    }

    synchronized void leave() {
        if (--depth == 0) {
            stopped = false;
            notifyAll();
        }
    }

    /** The statement that is about to run. */
    synchronized void runs(Statement next) {
        throwIfStopped();
        statement = next;
    }

    synchronized void ran() {
        statement = null;
    }

    synchronized boolean stopped() {
        return stopped;
    }

    synchronized void throwIfStopped() {
        if (stopped) {
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled");
        }
    }

    void stop() {
        synchronized (this) {
            if (depth == 0 || stopped) {
                return;
            }
            stopped = true;
        }
        Thread thread = new Thread(this::interrupt, "millrace-duckdb-cancel");
        thread.setDaemon(true);
        thread.start();
    }

    private void interrupt() {
        while (true) {
            Statement running;
            synchronized (this) {
                if (!stopped) {
                    return;
                }
                running = statement;
            }
            try {
                if (running != null && !running.isClosed()) {
                    running.cancel();
                }
            } catch (SQLException ended) {
                // The statement ended between the two calls: there is nothing left to stop.
            }
            synchronized (this) {
                try {
                    if (stopped) {
                        wait(REPEAT_MILLIS);
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }
}
