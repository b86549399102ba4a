package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.model.ModelOutput;

/** A model that is also written to somewhere besides the warehouse. */
record WrittenElsewhere(Step step, ModelOutput.AfterBuild output) implements Step {
    @Override
    public StepResult run(StepContext context) throws Exception {
        return output.write(step.run(context), context);
    }
}
