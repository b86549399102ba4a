package dev.millrace.transform;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.transform.internal.artifact.JsonWriter;
import dev.millrace.transform.internal.artifact.SourcesJson;
import dev.millrace.transform.internal.resource.Freshness;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.run.FreshnessStep;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks how fresh the sources are, as dbt's {@code source freshness} does: run {@link #graph} for sources with
 * {@link #writer} as a listener. A source older than {@code error_after} ends as FAIL.
 */
public final class SourceFreshness {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public SourceFreshness(TransformLayer layer) {
        this.layer = layer;
    }

    /** The graph in which every source that has a limit has a step, which asks for its freshness. */
    public Graph graph(Graph graph) {
        return graph.map(this::asked);
    }

    private Node asked(Node node) {
        SourceTable source = layer.parsed().manifest().sources().get(node.id());
        Optional<Freshness> freshness = source == null ? Optional.empty() : Freshness.of(source);
        return source == null || freshness.isEmpty()
                ? node
                : node.toBuilder()
                        .step(new FreshnessStep(layer.runtime(), source, freshness.get()))
                        .build();
    }

    /** Writes {@code target/sources.json} (version 3) when the run ends. */
    public RunListener writer() {
        Path target = layer.parsed().context().project().targetDir();
        return writer(target.resolve("sources.json"));
    }

    /** The same, to another file. */
    public RunListener writer(Path file) {
        return event -> {
            if (event instanceof RunEvent.RunFinished finished) {
                SourcesJson json = new SourcesJson(
                        layer.parsed().context(), layer.parsed().manifest().sources());
                JsonWriter.write(file, json.toMap(finished.result()));
            }
        };
    }
}
