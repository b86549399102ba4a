package dev.millrace.warehouse.model;

/**
 * A way to build models that is no macro: {@code materialized='<name>'}. A materialization of the same name that a
 * project writes as a macro wins over it. Thread-safe.
 */
public interface Materialization {
    /** What {@code materialized} says. */
    String name();

    /**
     * How this model is built. Called while the graph is made: nothing is run and no warehouse is opened.
     *
     * @throws dev.millrace.core.MillraceException if the model's configuration or SQL does not fit, at its place in the
     *     file
     */
    ModelStep step(Model model);
}
