package dev.millrace.core.live;

import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.run.Cancellation;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.RunEvent;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What the step of a flow knows: it belongs to no run, and what it does is told by its status. */
final class FlowContext implements StepContext {
    private final String id = UUID.randomUUID().toString();
    private final Node node;
    private final Events events;
    private final Clock clock;
    private final Cancellation cancellation;

    FlowContext(Node node, Events events, Clock clock, Cancellation cancellation) {
        this.node = node;
        this.events = events;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    @Override
    public String runId() {
        return id;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(long rows, long bytes, OptionalLong totalRows) {}

    @Override
    public void log(LogLevel level, String message) {
        events.emit(new RunEvent.Logged(clock.instant(), level, Optional.of(node), message));
    }

    @Override
    public Registration onCancel(Runnable stop) {
        return cancellation.register(stop);
    }

    @Override
    public boolean cancelled() {
        return cancellation.cancelled();
    }
}
