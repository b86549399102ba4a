package dev.millrace.core.graph;

/**
 * The work of a node. A step processes everything that is available now and returns; it may be run again and again. It
 * must be safe to repeat after a crash at any instant.
 */
@FunctionalInterface
public interface Step {
    /**
     * @throws Exception if the work could not be done; a {@link dev.millrace.core.MillraceException} says it best, and
     *     one of category EXTERNAL is retried as the node's policy says
     */
    StepResult run(StepContext context) throws Exception;
}
