package dev.millrace.stream.internal.query;

import java.util.Optional;

/** How a streaming model's table can be kept equal to its query. */
public sealed interface QueryShape {
    /** Each row of the stream gives rows of its own: those of new rows are appended. */
    record Append() implements QueryShape {}

    /**
     * Each window's rows are computed from that window's rows of the stream.
     *
     * @param merge how what new rows give is added to what is there; empty if windows have to be computed anew
     */
    record Windowed(Optional<MergePlan> merge) implements QueryShape {}
}
