package dev.millrace.transform.internal.run;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A model that is built by something other than a macro. */
final class ExternalStep implements ContinuousStep {
    private final RunEnvironment runtime;
    private final Resource resource;
    private final ContinuousStep step;

    ExternalStep(RunEnvironment runtime, Resource resource, ContinuousStep step) {
        this.runtime = runtime;
        this.resource = resource;
        this.step = step;
    }

    @Override
    public StepResult run(StepContext context) throws Exception {
        Instant begin = Instant.now();
        RelationCache relations = prepare(context);
        new NodeCompiler(runtime).compile(resource);
        Instant compiled = Instant.now();
        try {
            return step.run(context)
                    .with("timing", NodeStep.timing(begin, compiled, Instant.now()))
                    .with("adapter_response", Map.of("_message", "OK"));
        } catch (MillraceException e) {
            throw placed(e);
        } finally {
            try (Session session = runtime.warehouse().open()) {
                relations.refresh(session, resource.relation());
            }
        }
    }

    @Override
    public Flow open(StepContext context) throws Exception {
        prepare(context);
        Flow flow = step.open(context);
        return new Flow() {
            @Override
            public StepResult next(Duration wait) throws Exception {
                try {
                    return flow.next(wait);
                } catch (MillraceException e) {
                    throw placed(e);
                }
            }

            @Override
            public void close() {
                flow.close();
            }
        };
    }

    private RelationCache prepare(StepContext context) {
        RelationCache relations = runtime.relations(context.runId());
        try (Session session = runtime.warehouse().open()) {
            relations.prepare(
                    session, resource.relation().database(), resource.relation().schema());
        }
        return relations;
    }

    private MillraceException placed(MillraceException error) {
        String folder = String.valueOf(runtime.project().project().targetDir().getFileName());
        return SqlErrors.at(error, resource, folder);
    }
}
