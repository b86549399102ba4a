package dev.millrace.transform;

import dev.millrace.transform.internal.artifact.JsonWriter;
import dev.millrace.transform.internal.artifact.ManifestJson;
import java.nio.file.Path;

/**
 * Writes {@code target/manifest.json} in dbt's schema, version 12 (schemas.getdbt.com/dbt/manifest/v12.json), so that
 * tools that read it keep working. It holds dbt's kinds of nodes only. Stateless but for the layer.
 */
public final class ManifestWriter {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public ManifestWriter(TransformLayer layer) {
        this.layer = layer;
    }

    /**
     * Writes the manifest, with the SQL of what has been compiled so far.
     *
     * @return the file
     */
    public Path write() {
        Path file = layer.parsed().context().project().targetDir().resolve("manifest.json");
        JsonWriter.write(file, new ManifestJson(layer.parsed(), layer.runtime().compiledSql()).toMap());
        return file;
    }
}
