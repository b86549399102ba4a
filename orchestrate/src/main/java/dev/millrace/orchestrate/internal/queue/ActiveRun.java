package dev.millrace.orchestrate.internal.queue;

import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that is being worked on, and the wish to stop it. Thread-safe. */
final class ActiveRun {
    /** Why a run was stopped. */
    enum Reason {
        CANCELLED,
        TIMEOUT,
        SHUTDOWN
    }

    /**
     * How it ended.
     *
     * @param unfinished whether somebody else is to go on with it
     */
    record Outcome(RunState state, Optional<String> error, boolean unfinished) {}

    private final RunRecord run;
    private @Nullable Runnable cancel;
    private @Nullable Reason reason;

    ActiveRun(RunRecord run) {
        this.run = run;
    }

    RunRecord run() {
        return run;
    }

    /** What stops it; called at once if it should stop already. */
    void cancelWith(Runnable action) {
        boolean late;
        synchronized (this) {
            cancel = action;
            late = reason != null;
        }
        if (late) {
            action.run();
        }
    }

    /** The first reason counts. */
    void stop(Reason why) {
        Runnable action;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = why;
            action = cancel;
        }
        if (action != null) {
            action.run();
        }
    }

    synchronized Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }
}
