package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Load;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/**
 * A table function whose rows are those of a running load, named by number. It is registered once per warehouse: DuckDB
 * has no way to take a function back. Thread-safe.
 */
final class LoadFunction implements DuckDBTableFunction<LoadFunction.Running, Object, VectorColumn[]> {
    private static final AtomicLong FUNCTIONS = new AtomicLong();

    private final String name = "millrace_load_" + FUNCTIONS.incrementAndGet();
    private final AtomicLong loads = new AtomicLong();
    private final Map<Long, Running> running = new ConcurrentHashMap<>();

    private LoadFunction() {}

    static LoadFunction register(DuckDBConnection connection) throws SQLException {
        LoadFunction function = new LoadFunction();
        DuckDBFunctions.tableFunction()
                .withName(function.name)
                .withParameter(DuckDBColumnType.BIGINT)
                .withFunction(function)
                .register(connection);
        return function;
    }

    Running start(Load load, BatchReader reader, Activity activity) {
        Running next = new Running(this, loads.incrementAndGet(), load, reader, activity);
        running.put(next.number, next);
        return next;
    }

    @Override
    public Running bind(DuckDBTableFunctionBindInfo info) {
        long number = info.getParameter(0).getLong();
        Running load = running.get(number);
        if (load == null) {
            throw new IllegalStateException("load " + number + " is not running");
        }
        int i = 0;
        for (DataType.Field field : load.load.fields()) {
            info.addResultColumn("c" + i++, LoadSql.vector(field.type()));
        }
        return load;
    }

    @Override
    public @Nullable Object init(DuckDBTableFunctionInitInfo info) {
        Running load = info.getBindData();
        info.setMaxThreads(load.load.threads());
        return null;
    }

    @Override
    public VectorColumn[] localInit(DuckDBTableFunctionInitInfo info) {
        Running load = info.getBindData();
        return load.load.fields().stream().map(VectorColumn::of).toArray(VectorColumn[]::new);
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output) {
        Running load = info.getBindData();
        VectorColumn[] columns = info.getLocalInitData();
        return load.fill(columns, output);
    }

    /** A load from its start to its end. */
    static final class Running implements AutoCloseable {
        private final LoadFunction function;
        private final long number;
        private final Load load;
        private final BatchReader reader;
        private final Activity activity;
        private final AtomicLong rows = new AtomicLong();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        private Running(LoadFunction function, long number, Load load, BatchReader reader, Activity activity) {
            this.function = function;
            this.number = number;
            this.load = load;
            this.reader = reader;
            this.activity = activity;
        }

        /** The function call that stands for the rows. */
        String call() {
            return function.name + "(" + number + ")";
        }

        long rows() {
            return rows.get();
        }

        private long fill(VectorColumn[] columns, DuckDBDataChunkWriter output) {
            if (failure.get() != null || activity.stopped()) {
                return 0;
            }
            try {
                int capacity = (int) output.capacity();
                for (int i = 0; i < columns.length; i++) {
                    columns[i].begin(output.vector(i), capacity);
                }
                int read = reader.read(columns, capacity);
                for (VectorColumn column : columns) {
                    column.end(read);
                }
                if (read > 0) {
                    load.onProgress().accept(rows.addAndGet(read));
                }
                return read;
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                throw e;
            }
        }

        /** What really went wrong, given what DuckDB says went wrong. */
        MillraceException cause(MillraceException said) {
            Throwable thrown = failure.get();
            if (activity.stopped() || thrown == null) {
                return DuckDbErrors.loading(load.target(), said);
            }
            if (thrown instanceof MillraceException known) {
                return known;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            return new MillraceException(
                    ErrorCode.INTERNAL, "the load of " + load.target() + " failed: " + thrown, thrown);
        }

        @Override
        public void close() {
            function.running.remove(number);
        }
    }
}
