package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A connection to a warehouse. Statements outside {@link #inTransaction} commit by themselves. Only {@link #cancel} may
 * be called from another thread. Errors are {@link dev.millrace.core.MillraceException}s: SQL_FAILED with what the
 * engine said, DISK_FULL, WAREHOUSE_FAILED, CANCELLED.
 */
public interface Session extends AutoCloseable {
    Warehouse warehouse();

    default Dialect dialect() {
        return warehouse().dialect();
    }

    /**
     * Runs a statement, or several separated by semicolons.
     *
     * @param parameters values for {@code ?}; only with a single statement
     * @return rows the (last) statement changed; 0 if it does not tell
     */
    long execute(String sql, Object... parameters);

    /** Runs a query and holds its whole answer in memory. */
    Table query(String sql, Object... parameters);

    /** Runs a query and hands over row by row, without holding the answer. */
    void forEachRow(String sql, RowConsumer consumer, Object... parameters);

    /**
     * Runs {@code work} in one transaction: committed when it returns, rolled back when it throws. Joins the
     * transaction that is already open, if there is one.
     */
    <T> T inTransaction(Callable<T> work);

    /** Begins a transaction that lasts until {@link #commit} or {@link #rollback}. */
    void begin();

    void commit();

    /** Ends the transaction without effect; does nothing when none is open. */
    void rollback();

    /**
     * Creates {@code target} with the load's fields if it does not exist, and appends the rows by the warehouse's bulk
     * path.
     *
     * @return rows appended
     */
    long load(Load load, BatchReader rows);

    /** What {@code name} is, if it exists. Names compare without regard to case. */
    Optional<RelationType> relationType(RelationName name);

    /** The columns in order; empty if the relation does not exist. */
    List<Column> columns(RelationName name);

    /** The relations of a schema; empty if the schema does not exist. */
    List<Relation> relations(String database, String schema);

    /** The comments on the relations of a schema and on their columns; only what has one. */
    default List<Comment> comments(String database, String schema) {
        return List.of();
    }

    void createSchema(String database, String schema);

    /**
     * What to write behind the type of a column of {@code table} whose texts hardly ever come twice, so that they are
     * stored at less cost than the warehouse would choose by itself; empty if there is no such thing. The column must
     * then stay one of texts.
     */
    default String storageOfVariedTexts(RelationName table) {
        return "";
    }

    /**
     * Stops what the session is doing now; that call then throws CANCELLED. Does nothing when it is idle. On a thread
     * that is interrupted, work that begins throws CANCELLED at once; a rollback does not.
     */
    void cancel();

    /**
     * The connection beneath in the words of its driver, for what this interface has none: {@code DuckDBConnection} for
     * a DuckDB. It stays the session's, which must not be used at the same time.
     */
    default <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }

    @Override
    void close();
}
