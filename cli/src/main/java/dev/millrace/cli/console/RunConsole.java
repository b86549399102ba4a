package dev.millrace.cli.console;

import dev.millrace.core.run.RunListener;

/** Shows a run while it goes on. Thread-safe. */
public interface RunConsole extends RunListener, AutoCloseable {
    /** Tells that the run was asked to stop and is doing so. */
    void cancelling();

    /** Leaves the terminal as it was found; repeatable. */
    @Override
    void close();
}
