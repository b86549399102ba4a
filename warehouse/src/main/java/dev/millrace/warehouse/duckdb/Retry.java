package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Two sessions that create the same schema or table at once conflict in DuckDB even with IF NOT EXISTS. Outside a
 * transaction such a statement has had no effect when it fails, and succeeds when it is run again.
 */
final class Retry {
    private static final int ATTEMPTS = 200;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private Retry() {}

    /** Whether to run {@code sql} again after {@code error}; waits a moment if so. */
    static boolean worthwhile(String sql, MillraceException error, int attempt) {
        boolean again = attempt < ATTEMPTS
                && error.code() == ErrorCode.WAREHOUSE_FAILED
                && DuckDbErrors.isConflict(error.text())
                && createsIfMissing(sql);
        if (again) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_NANOS));
        }
        return again && !Thread.currentThread().isInterrupted();
    }

    private static boolean createsIfMissing(String sql) {
        String start = sql.substring(0, Math.min(sql.length(), 40)).strip().toLowerCase(Locale.ROOT);
        return start.startsWith("create schema if not exists ") || start.startsWith("create table if not exists ");
    }
}
