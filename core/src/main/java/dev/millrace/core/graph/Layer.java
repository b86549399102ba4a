package dev.millrace.core.graph;

import dev.millrace.core.project.Project;
import java.util.List;

/** A layer of the stack: reads its own files and contributes nodes. */
public interface Layer {
    /** {@code ingest}, {@code transform}, {@code activate}. */
    String name();

    /**
     * Adds the layer's nodes. Layers are called in the order the command line lists them; a later one sees what earlier
     * ones added.
     *
     * @throws dev.millrace.core.MillraceException if its files are wrong
     */
    void contribute(Project project, GraphBuilder graph);

    /** The systems outside that this layer connects to, in the order of the project's files; connects to none. */
    default List<Probe> probes(Project project) {
        return List.of();
    }
}
