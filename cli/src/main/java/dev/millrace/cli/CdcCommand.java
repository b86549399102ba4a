package dev.millrace.cli;

import dev.millrace.cdc.CdcStatus;
import dev.millrace.cli.cdc.StatusText;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Change data capture: how its connectors stand. */
@Command(name = "cdc", description = "Show how far change data capture has come.")
final class CdcCommand implements Callable<Integer> {
    private final Millrace millrace;

    CdcCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    /** {@code millrace cdc} alone says the same. */
    @Override
    public Integer call() {
        return status();
    }

    @Command(name = "status", description = "Position, lag and replication slot of every connector.")
    int status() {
        PrintStream out = millrace.surroundings().out();
        try (Workspace workspace = millrace.open("cdc")) {
            List<CdcStatus> all = CdcStatus.of(workspace.project(), workspace.warehouses());
            if (all.isEmpty()) {
                out.println("This project has no connector: cdc/ holds none.");
            }
            boolean well = true;
            for (CdcStatus status : all) {
                StatusText.lines(status, millrace.settings().style()).forEach(out::println);
                well &= status.problem().isEmpty();
            }
            return well ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
