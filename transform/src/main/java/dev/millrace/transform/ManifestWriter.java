package dev.millrace.transform;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.project.Project;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.transform.internal.artifact.JsonWriter;
import dev.millrace.transform.internal.artifact.ManifestJson;
import dev.millrace.transform.internal.artifact.WrittenManifest;
import dev.millrace.transform.internal.parse.ParsedProject;
import java.nio.file.Path;
import java.util.Map;

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
     * Writes the manifest, with the SQL of what has been compiled so far. If nothing has been, and the file holds this
     * parse already, it stays as it is.
     *
     * @return the file
     */
    public Path write() {
        return write(ColumnGraph.EMPTY);
    }

    /**
     * The same, with the lineage of columns where it is known: under {@code column_lineage} in a node's {@code meta},
     * the one place where the schema lets a node have keys of others.
     */
    public Path write(ColumnGraph columns) {
        ParsedProject parsed = layer.parsed();
        Project project = parsed.context().project();
        Path file = project.targetDir().resolve("manifest.json");
        Map<NodeId, String> compiled = layer.runtime().compiledSql();
        boolean plain = compiled.isEmpty() && columns.nodes().isEmpty();
        WrittenManifest written = new WrittenManifest(file, project.cacheDir().resolve("manifest.txt"));
        if (plain && written.isOf(parsed.parseId())) {
            return file;
        }
        JsonWriter.write(file, new ManifestJson(parsed, compiled, columns).toMap());
        if (plain) {
            written.remember(parsed.parseId());
        }
        return file;
    }
}
