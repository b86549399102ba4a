package dev.millrace.warehouse.shadow;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;

/**
 * A warehouse in memory that stands in for a real one: the same names of databases, tables without rows. Queries are
 * bound against it, never run. Not thread-safe.
 */
public interface Shadow extends AutoCloseable {
    /** The type of a column of which only the name is known: it fits wherever DuckDB need not choose by it. */
    String ANY_TYPE = "\"NULL\"";

    /** The shadow as templates see it. */
    Warehouse warehouse();

    /**
     * What the real warehouse holds; it is opened for reading only, and only if it exists.
     *
     * @param open a session on it if this process has it open
     */
    Existing existing(Optional<Session> open);

    /** Makes a table without rows, in place of one of the same name. A column whose type does not exist fits any. */
    void define(RelationName name, List<Column> columns);

    /** Forgets a table. */
    void remove(RelationName name);

    /** Binds a query. */
    Binding bind(String sql);

    /** The syntax tree of a query in JSON, as DuckDB writes it. */
    String syntaxTree(String sql);

    @Override
    void close();
}
