package dev.millrace.assets;

import dev.millrace.assets.internal.AssetNodes;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Files;

/**
 * Assets written in Java: {@code assets/*.java} is compiled when the graph is made, and every method that is an
 * {@link Asset} becomes a node. To be called after the layers that contribute what assets read. Stateless but for what
 * it is given.
 */
public final class AssetsLayer implements Layer {
    private final Warehouses warehouses;

    /** @param warehouses where the data is; must outlive the run of the nodes */
    public AssetsLayer(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "assets";
    }

    /**
     * @throws dev.millrace.core.MillraceException JAVA_INVALID, REF_NOT_FOUND and CONFIG_INVALID at their places in the
     *     Java files; JAVA_COMPILER_MISSING
     */
    @Override
    public void contribute(Project project, GraphBuilder graph) {
        if (Files.isDirectory(project.root().resolve("assets"))) {
            new AssetNodes(project, graph, warehouses).add();
        }
    }
}
