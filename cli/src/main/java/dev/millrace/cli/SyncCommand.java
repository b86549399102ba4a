package dev.millrace.cli;

import dev.millrace.activate.ActivateOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The syncs. */
@Command(name = "sync", description = "Run the syncs of syncs.yml only: from models into other systems.")
final class SyncCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(names = "--dry-run", order = 20, description = "Say what would be sent, and send nothing.")
    private boolean dryRun;

    private final Millrace millrace;

    SyncCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "sync").with(new ActivateOptions(dryRun)).run(selection);
    }
}
