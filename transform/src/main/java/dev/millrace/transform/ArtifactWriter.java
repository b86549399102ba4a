package dev.millrace.transform;

import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.transform.internal.artifact.JsonWriter;
import dev.millrace.transform.internal.artifact.RunResultsJson;
import java.nio.file.Path;

/**
 * Writes dbt's artifacts of a run when it ends: {@code target/run_results.json} (version 6) and
 * {@code target/manifest.json} with the compiled SQL. A listener of one run.
 */
public final class ArtifactWriter implements RunListener {
    private final TransformLayer layer;
    private String command = "build";

    /** @param layer that has contributed its nodes */
    public ArtifactWriter(TransformLayer layer) {
        this.layer = layer;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            command = started.command();
        } else if (event instanceof RunEvent.RunFinished finished) {
            Path target = layer.parsed().context().project().targetDir();
            RunResultsJson results = new RunResultsJson(
                    layer.parsed().context(),
                    layer.parsed().manifest(),
                    layer.runtime().compiledSql(),
                    layer.runtime().batches());
            JsonWriter.write(target.resolve("run_results.json"), results.toMap(finished.result(), command));
            new ManifestWriter(layer).write();
        }
    }
}
