package dev.millrace.activate.internal.destination;

/** What became of one record. */
public sealed interface Outcome {
    /**
     * The destination holds it.
     *
     * @param id the destination's own identifier of the record
     */
    record Accepted(String id) implements Outcome {}

    record Refused(Rejection rejection) implements Outcome {}
}
