package dev.millrace.serving.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Cancels what a session does when it takes too long. */
public final class Deadline implements AutoCloseable {
    private final Duration timeout;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile boolean passed;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
    }

    public static Deadline of(Duration timeout, Session session) {
        Deadline deadline = new Deadline(timeout);
        var unused = deadline.done
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        deadline.passed = true;
                        session.cancel();
                    }
                });
        return deadline;
    }

    /** What really ended the query: a stop shows in several ways. */
    public MillraceException explain(MillraceException error) {
        return passed
                ? new MillraceException(
                        ErrorCode.TIMEOUT,
                        "the answer took longer than " + timeout.toSeconds() + " s",
                        null,
                        "Ask for less: filter, or limit the rows.",
                        error)
                : error;
    }

    @Override
    public void close() {
        done.complete(null);
    }
}
