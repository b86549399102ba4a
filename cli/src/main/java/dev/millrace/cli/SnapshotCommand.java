package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The snapshots. */
@Command(name = "snapshot", description = "Run the snapshots: keep every state that rows have had.")
final class SnapshotCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    SnapshotCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "snapshot").run(selection);
    }
}
