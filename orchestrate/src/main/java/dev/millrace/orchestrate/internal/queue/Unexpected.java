package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/** What should not have been thrown, as an error that can be told: the threads of an orchestrator outlive it. */
public final class Unexpected {
    private Unexpected() {}

    /** {@code e} itself if it is one of Millrace's. */
    public static MillraceException of(Throwable e) {
        return e instanceof MillraceException known
                ? known
                : new MillraceException(
                        ErrorCode.INTERNAL,
                        e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                        e);
    }
}
