package dev.millrace.orchestrate;

import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;

/**
 * Checks pipelines.yml, {@code alerts:} of millrace.yml and the schedules of nodes while the graph is made, so that
 * their mistakes are found before anything runs. Adds no nodes: the steps of a pipeline are nodes of its runs only. To
 * be called after all other layers. Stateless.
 */
public final class PipelinesLayer implements Layer {
    @Override
    public String name() {
        return "orchestrate";
    }

    /** @throws dev.millrace.core.MillraceException with everything that is wrong, at its place */
    @Override
    public void contribute(Project project, GraphBuilder graph) {
        PipelineCatalog.read(project, graph.nodes());
    }
}
