package dev.millrace.transform;

import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.artifact.CatalogJson;
import dev.millrace.transform.internal.artifact.JsonWriter;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Writes {@code target/catalog.json} in dbt's schema, version 1 (schemas.getdbt.com/dbt/catalog/v1.json): the relations
 * and columns that the warehouse holds of the project.
 */
public final class CatalogWriter {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public CatalogWriter(TransformLayer layer) {
        this.layer = layer;
    }

    /**
     * Looks into the warehouse and writes the catalog.
     *
     * @param wanted which models, seeds, snapshots and sources to look at
     * @return the file
     */
    public Path write(Predicate<NodeId> wanted) {
        try (Session session = layer.runtime().warehouse().open()) {
            JsonWriter.write(file(), catalog().toMap(session, wanted));
        }
        return file();
    }

    /** Writes a catalog of nothing, without opening the warehouse. */
    public Path writeEmpty() {
        JsonWriter.write(file(), catalog().empty());
        return file();
    }

    private Path file() {
        return layer.parsed().context().project().targetDir().resolve("catalog.json");
    }

    private CatalogJson catalog() {
        return new CatalogJson(layer.parsed().context(), layer.parsed().manifest());
    }
}
