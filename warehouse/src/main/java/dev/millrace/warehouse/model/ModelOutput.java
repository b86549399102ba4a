package dev.millrace.warehouse.model;

import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import java.util.Optional;

/** Somewhere that models built by macros are written to besides the warehouse. Thread-safe. */
public interface ModelOutput {
    /**
     * What to do for this model each time it has been built; empty when it asks for nothing. Called while the graph is
     * made: nothing is run and no warehouse is opened.
     *
     * @throws dev.millrace.core.MillraceException if the model's configuration does not fit, at its place in the file
     */
    Optional<AfterBuild> of(Model model);

    /** The writing itself, after the warehouse has committed. */
    interface AfterBuild {
        /**
         * @param built what building the model gave
         * @return that, with what this adds to it
         */
        StepResult write(StepResult built, StepContext context);
    }
}
