package dev.millrace.quality.internal.expectation;

/** Something expected of a relation. Immutable. */
@FunctionalInterface
public interface Expectation {
    /** @throws dev.millrace.core.MillraceException if the relation lacks a column, or a value does not fit its type */
    Question of(Subject subject);
}
