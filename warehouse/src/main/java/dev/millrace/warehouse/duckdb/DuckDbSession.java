package dev.millrace.warehouse.duckdb;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Comment;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.RowConsumer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.Warehouse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Transactions are begun and ended by statements: the driver's own commit mode begins lazily, and falls
 * back to committing by itself after a commit that failed.
 */
final class DuckDbSession implements Session {
    private static final String REASON_LOST = "Invalid result set";

    private final DuckDbWarehouse warehouse;
    private final DuckDBConnection connection;
    private final Activity activity = new Activity();
    private boolean inTransaction;
    /** Whether results still stream though they should not. */
    private boolean streaming;

    DuckDbSession(DuckDbWarehouse warehouse, DuckDBConnection connection) {
        this.warehouse = warehouse;
        this.connection = connection;
    }

    /** Something done with a statement that has been run. */
    @FunctionalInterface
    private interface Answer<T> {
        T take(Statement statement, boolean hasRows) throws SQLException;
    }

    @Override
    public Warehouse warehouse() {
        return warehouse;
    }

    @Override
    public long execute(String sql, Object... parameters) {
        for (int attempt = 1; ; attempt++) {
            try {
                long changed = run(
                        sql, parameters, (statement, rows) -> rows ? 0 : Math.max(0, statement.getLargeUpdateCount()));
                inTransaction = Transactions.openAfter(sql, inTransaction);
                return changed;
            } catch (MillraceException e) {
                if (inTransaction || !Retry.worthwhile(sql, e, attempt)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Table query(String sql, Object... parameters) {
        return run(sql, parameters, (statement, hasRows) -> {
            if (!hasRows) {
                return new Table(List.of(), List.of());
            }
            try (ResultSet rows = statement.getResultSet()) {
                Values values = Values.of(rows.getMetaData());
                List<List<@Nullable Object>> all = new ArrayList<>();
                while (rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>(values.columns());
                    for (int i = 0; i < values.columns(); i++) {
                        row.add(values.get(rows, i));
                    }
                    all.add(Collections.unmodifiableList(row));
                }
                return new Table(columns(rows.getMetaData()), all);
            }
        });
    }

    @Override
    public void forEachRow(String sql, RowConsumer consumer, Object... parameters) {
        try {
            stream(sql, consumer, parameters);
        } catch (MillraceException e) {
            throw e.text().endsWith(REASON_LOST) ? reason(e, sql, parameters) : e;
        }
    }

    /** The driver loses why a result that streams has failed; running it again without its rows tells. */
    private MillraceException reason(MillraceException lost, String sql, Object... parameters) {
        try {
            run("explain analyze " + sql, parameters, (statement, rows) -> 0);
            return lost;
        } catch (MillraceException reason) {
            return reason.text().startsWith("Parser Error") || inTransaction ? lost : reason;
        }
    }

    private void stream(String sql, RowConsumer consumer, Object... parameters) {
        execute("set session jdbc_stream_results = true");
        try {
            run(sql, parameters, (statement, hasRows) -> {
                if (hasRows) {
                    try (ResultSet rows = statement.getResultSet()) {
                        deliver(rows, consumer);
                    }
                }
                return 0;
            });
        } finally {
            streamNoMore();
        }
    }

    private void deliver(ResultSet rows, RowConsumer consumer) throws SQLException {
        Values values = Values.of(rows.getMetaData());
        consumer.columns(columns(rows.getMetaData()));
        @Nullable Object[] row = new @Nullable Object[values.columns()];
        while (rows.next()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = values.get(rows, i);
            }
            consumer.accept(row);
            activity.throwIfStopped();
        }
    }

    /** In a transaction that has failed this is refused; it is tried again when the transaction has ended. */
    private void streamNoMore() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set session jdbc_stream_results = false");
            streaming = false;
        } catch (SQLException e) {
            streaming = true;
        }
    }

    private static List<Column> columns(ResultSetMetaData meta) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(new Column(meta.getColumnName(i), meta.getColumnTypeName(i), true));
        }
        return columns;
    }

    private <T> T run(String sql, @Nullable Object[] parameters, Answer<T> answer) {
        activity.enter();
        try (Statement statement =
                parameters.length == 0 ? connection.createStatement() : connection.prepareStatement(sql)) {
            activity.runs(statement);
            boolean hasRows;
            if (statement instanceof PreparedStatement prepared && parameters.length > 0) {
                bind(prepared, parameters);
                hasRows = prepared.execute();
            } else {
                hasRows = statement.execute(sql);
            }
            return answer.take(statement, hasRows);
        } catch (SQLException e) {
            // A result that streams shows a stop in words of its own.
            throw activity.stopped() ? new MillraceException(ErrorCode.CANCELLED, "cancelled", e) : DuckDbErrors.of(e);
        } finally {
            activity.ran();
            activity.leave();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        }
    }

    @Override
    public <T> T inTransaction(Callable<T> work) {
        if (inTransaction) {
            return call(work);
        }
        activity.enter();
        try {
            begin();
            T result = call(work);
            commit();
            return result;
        } catch (RuntimeException | Error e) {
            rollbackAfter(e);
            throw e;
        } finally {
            activity.leave();
        }
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(ErrorCode.INTERNAL, String.valueOf(e.getMessage()), e);
        }
    }

    private void rollbackAfter(Throwable cause) {
        try {
            rollback();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void begin() {
        if (inTransaction) {
            throw new IllegalStateException("a transaction is already open");
        }
        run("begin transaction", new Object[0], (statement, rows) -> 0);
        inTransaction = true;
    }

    @Override
    public void commit() {
        if (!inTransaction) {
            throw new IllegalStateException("no transaction is open");
        }
        activity.throwIfStopped();
        end("commit");
    }

    @Override
    public void rollback() {
        if (inTransaction) {
            end("rollback");
        }
    }

    /** DuckDB's transaction is over either way: a commit that fails has rolled back. This is not cancelled half-way. */
    private void end(String sql) {
        inTransaction = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        } finally {
            if (streaming) {
                streamNoMore();
            }
        }
    }

    @Override
    public long load(Load load, BatchReader rows) {
        activity.enter();
        try {
            return inTransaction(() -> {
                execute(LoadSql.createTable(load));
                return append(load, rows);
            });
        } finally {
            activity.leave();
        }
    }

    private long append(Load load, BatchReader rows) {
        try (LoadFunction.Running running = warehouse.loadFunction().start(load, rows, activity);
                RowOrder.Relaxed ignored = warehouse.rowOrder().relax(load.threads())) {
            try {
                execute(LoadSql.insert(load, running.call()));
            } catch (MillraceException e) {
                throw running.cause(e);
            }
            return running.rows();
        }
    }

    @Override
    public Optional<RelationType> relationType(RelationName name) {
        return Catalog.relationType(this, name);
    }

    @Override
    public List<Column> columns(RelationName name) {
        return inTransaction ? Catalog.listed(this, name) : Catalog.columns(this, name);
    }

    @Override
    public List<Relation> relations(String database, String schema) {
        return Catalog.relations(this, database, schema);
    }

    @Override
    public List<Comment> comments(String database, String schema) {
        return Catalog.comments(this, database, schema);
    }

    @Override
    public void createSchema(String database, String schema) {
        execute("create schema if not exists " + dialect().quote(database) + "."
                + dialect().quote(schema));
    }

    @Override
    public String storageOfVariedTexts(RelationName table) {
        return Catalog.storesZstd(this, table.database()) ? " using compression zstd" : "";
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(connection) ? Optional.of(type.cast(connection)) : Optional.empty();
    }

    @Override
    public void cancel() {
        activity.stop();
    }

    @Override
    public void close() {
        warehouse.closed(this);
        try {
            connection.close();
        } catch (SQLException e) {
            throw DuckDbErrors.of(e);
        }
    }
}
