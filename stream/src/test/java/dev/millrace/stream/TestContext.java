package dev.millrace.stream;

import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.StepContext;
import java.util.OptionalLong;

/** A step's context that nobody listens to. */
record TestContext(Node node) implements StepContext {
    @Override
    public String runId() {
        return "test";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void progress(long rows, long bytes, OptionalLong totalRows) {}

    @Override
    public void log(LogLevel level, String message) {}

    @Override
    public Registration onCancel(Runnable stop) {
        return () -> {};
    }

    @Override
    public boolean cancelled() {
        return false;
    }
}
