package dev.millrace.core.graph;

import java.util.List;
import java.util.OptionalLong;

/** What a running step knows of its run, and how it tells the run what it does. Thread-safe. */
public interface StepContext {
    String runId();

    Node node();

    /**
     * The planned nodes that wait for exactly what this node waits for, itself among them, in the order of the plan:
     * what this node may do now, they may do now.
     */
    default List<Node> peers() {
        return List.of(node());
    }

    /** How the nodes of the run ended, for what runs at its end; nothing for the nodes themselves. */
    default List<Ended> ended() {
        return List.of();
    }

    /** 1 for the first try. */
    int attempt();

    /**
     * Tells how far the step is. Cheap: call it once per batch.
     *
     * @param rows done so far
     * @param bytes moved so far; 0 when not known
     * @param totalRows how many there will be, if that is known (an estimate is fine)
     */
    void progress(long rows, long bytes, OptionalLong totalRows);

    /** Says something in the run's log, under this node. */
    void log(LogLevel level, String message);

    /**
     * Registers what stops the step's current work at once, such as {@code Statement::cancel}. It may be called from
     * another thread and after the work has ended. Close the registration when the work is done.
     */
    Registration onCancel(Runnable stop);

    /** Whether the step should stop as soon as it can. */
    boolean cancelled();

    /** Ends a registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
