package dev.millrace.warehouse.model;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** A model as one who builds it sees it. Thread-safe. */
public interface Model {
    NodeId id();

    /** What it is to be built into. */
    RelationName relation();

    /** The file that defines it. */
    Position position();

    /** The place where {@code key} is configured in the model's file, else {@link #position}. */
    Position positionOf(String key);

    /**
     * The place in the model's file of what stands at {@code offset} of its compiled SQL, if it can be told; else
     * {@link #position}.
     */
    Position locate(String sql, int offset);

    /** The resolved configuration as plain Java values; what nobody configured is left out. */
    Map<String, Object> config();

    /** The same text as long as the model's file is the same. */
    String checksum();

    /** Whether this run should build everything anew. */
    boolean fullRefresh();

    Path projectFolder();

    /** Where it is built; opened when it is first asked for. */
    Warehouse warehouse();

    /**
     * Compiles the model's SQL.
     *
     * @param inputs the SQL, in parentheses or a name, that an input the model calls for by {@code tumble}, {@code hop}
     *     or {@code stream} becomes
     * @throws dev.millrace.core.MillraceException if its template fails
     */
    String sql(Function<StreamInput, String> inputs);
}
