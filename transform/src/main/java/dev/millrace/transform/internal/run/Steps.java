package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.Step;
import dev.millrace.transform.internal.resource.Resource;
import java.util.Optional;

/** The step that carries out a resource. */
public final class Steps {
    private Steps() {}

    /** Empty for what is only read by others: an ephemeral model, an analysis. */
    public static Optional<Step> of(RunEnvironment runtime, Resource resource) {
        return switch (resource.kind()) {
            case MODEL -> resource.ephemeral() ? Optional.empty() : Optional.of(new MaterializeStep(runtime, resource));
            case SEED -> Optional.of(new MaterializeStep(runtime, resource));
            case TEST -> Optional.of(new TestStep(runtime, resource));
            case OPERATION -> Optional.of(new HookStep(runtime, resource));
            default -> Optional.empty();
        };
    }
}
