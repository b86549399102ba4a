package dev.millrace.warehouse.model;

import dev.millrace.core.graph.ContinuousStep;
import java.time.Duration;

/**
 * What keeps a model up to date.
 *
 * @param step may end with its relation missing only if it throws
 * @param trigger as {@link dev.millrace.core.graph.Node#trigger} says
 */
public record ModelStep(ContinuousStep step, Duration trigger) {}
