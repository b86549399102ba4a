package dev.millrace.transform;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.NodeRenderer;

/**
 * What one node's template comes to, as often as it is asked for, and written nowhere. It holds a connection to the
 * node's warehouse. Owned by one thread; others have their own.
 */
public final class Rendering implements AutoCloseable {
    private final NodeRenderer renderer;

    /**
     * @param layer that has contributed its nodes
     * @throws MillraceException REF_NOT_FOUND if there is no such node
     */
    public Rendering(TransformLayer layer, NodeId id) {
        Resource resource = layer.parsed().manifest().resources().get(id);
        if (resource == null) {
            throw new MillraceException(
                    ErrorCode.REF_NOT_FOUND,
                    id + " has no SQL",
                    null,
                    Suggestion.hint(id.name(), layer.parsed().manifest().referableNames()),
                    null);
        }
        renderer = new NodeRenderer(layer.runtime(), resource);
    }

    /** Renders the template again. @throws MillraceException at the place where it fails */
    public String sql() {
        return renderer.sql();
    }

    @Override
    public void close() {
        renderer.close();
    }
}
