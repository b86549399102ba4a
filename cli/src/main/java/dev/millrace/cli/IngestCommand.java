package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The connections. */
@Command(name = "ingest", description = "Run the connections of connections.yml only: from sources into the warehouse.")
final class IngestCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    IngestCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "ingest").run(selection);
    }
}
