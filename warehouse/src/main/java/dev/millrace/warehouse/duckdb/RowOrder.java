package dev.millrace.warehouse.duckdb;

import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/**
 * Whether DuckDB keeps the order of rows. Models rely on it, as they do in dbt; a load on several threads needs it off,
 * and DuckDB has one setting for the whole database. So it is off only while such a load runs. Thread-safe.
 */
final class RowOrder {
    private final DuckDBConnection root;
    private final boolean fixed;
    private int loads;

    /** @param fixed whether the profile sets {@code preserve_insertion_order}, so that nothing is changed here */
    RowOrder(DuckDBConnection root, boolean fixed) {
        this.root = root;
        this.fixed = fixed;
    }

    /** Gives the order up until {@link Relaxed#close}, if the load runs on several threads. */
    Relaxed relax(int threads) {
        if (fixed || threads <= 1) {
            return () -> {};
        }
        begin();
        return this::end;
    }

    private synchronized void begin() {
        if (loads == 0) {
            preserve(false);
        }
        loads++;
    }

    private synchronized void end() {
        loads--;
        if (loads == 0) {
            preserve(true);
        }
    }

    private void preserve(boolean order) {
        try (Statement statement = root.createStatement()) {
            statement.execute("set global preserve_insertion_order = " + order);
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }

    /** Ends what {@link #relax} began. */
    interface Relaxed extends AutoCloseable {
        @Override
        void close();
    }
}
