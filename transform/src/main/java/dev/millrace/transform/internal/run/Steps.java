package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Step;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.warehouse.model.Materialization;
import dev.millrace.warehouse.model.ModelOutput;
import dev.millrace.warehouse.model.ModelStep;

/** The step that carries out a resource. */
public final class Steps {
    private final RunEnvironment runtime;
    private final Extensions extensions;

    public Steps(RunEnvironment runtime, Extensions extensions) {
        this.runtime = runtime;
        this.extensions = extensions;
    }

    /**
     * Gives the node its step; none to what is only read by others: an ephemeral model, an analysis.
     *
     * @throws dev.millrace.core.MillraceException if a model does not fit what is to build it
     */
    public void addTo(Node.Builder node, Resource resource) {
        switch (resource.kind()) {
            case MODEL -> {
                if (!resource.ephemeral()) {
                    addModel(node, resource);
                }
            }
            case SEED, SNAPSHOT -> node.step(new MaterializeStep(runtime, resource));
            case TEST -> node.step(new TestStep(runtime, resource));
            case OPERATION -> node.step(new HookStep(runtime, resource));
            default -> {}
        }
    }

    /** The step of a unit test. */
    public Step of(UnitTest test) {
        return new UnitTestStep(runtime, test);
    }

    private void addModel(Node.Builder node, Resource resource) {
        Materialization other = extensions.materializations().get(resource.materialized());
        boolean macro = runtime.project().macros().materialization(resource.materialized()) != null;
        if (other != null && !macro) {
            ModelStep built = other.step(new ExternalModel(runtime, resource));
            node.step(new ExternalStep(runtime, resource, built.step())).trigger(built.trigger());
            return;
        }
        Step step = runtime.batched(resource)
                ? new MicrobatchStep(runtime, resource)
                : new MaterializeStep(runtime, resource);
        for (ModelOutput output : extensions.outputs()) {
            Step inner = step;
            step = output.of(new ExternalModel(runtime, resource))
                    .<Step>map(after -> new WrittenElsewhere(inner, after))
                    .orElse(step);
        }
        node.step(step);
    }
}
