package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;

/** Runs a statement of on-run-start or on-run-end. */
final class HookStep extends NodeStep {
    HookStep(RunEnvironment runtime, Resource resource) {
        super(runtime, resource);
    }

    @Override
    void describe(Execution execution, StepContext step) {
        execution.context().set("results", runtime.results(step.ended()));
    }

    @Override
    void prepare(Session session, RelationCache relations) {
        relations.prepare(
                session, runtime.project().database(), runtime.project().schema());
    }

    @Override
    StepResult execute(Execution execution, Compiled compiled, StepContext step) {
        execution.connection().execute(compiled.sql(), false, false);
        return StepResult.success("OK");
    }
}
