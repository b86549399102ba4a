package dev.millrace.transform;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.InlineQuery;
import dev.millrace.transform.internal.run.NodeCompiler;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;

/**
 * Turns templates into SQL without running it, and looks at what it would give. Thread-safe. All errors are
 * {@link MillraceException}s at their places in the files.
 */
public final class Compiler {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public Compiler(TransformLayer layer) {
        this.layer = layer;
    }

    /**
     * The SQL of a model, test, analysis or hook, also written to {@code target/compiled/}.
     *
     * @throws MillraceException REF_NOT_FOUND if there is no such node
     */
    public String compile(NodeId id) {
        Resource resource = layer.parsed().manifest().resources().get(id);
        if (resource == null) {
            throw new MillraceException(
                    ErrorCode.REF_NOT_FOUND,
                    id + " has no SQL",
                    null,
                    Suggestion.hint(id.name(), layer.parsed().manifest().referableNames()),
                    null);
        }
        return new NodeCompiler(layer.runtime()).compile(resource);
    }

    /** The SQL of a text that may use everything a model may. */
    public String compileInline(String template) {
        return new NodeCompiler(layer.runtime()).compile(InlineQuery.of(layer.runtime(), template));
    }

    /**
     * The first rows that a query gives in the target's warehouse.
     *
     * @param sql as compiled
     * @param limit rows at most; negative for all
     */
    public Table preview(String sql, int limit) {
        try (Session session = layer.runtime().warehouse().open()) {
            String text = sql.strip();
            while (text.endsWith(";")) {
                text = text.substring(0, text.length() - 1).stripTrailing();
            }
            return session.query(limit < 0 ? text : "select * from (\n" + text + "\n) limit " + limit);
        }
    }
}
