package dev.millrace.cli;

import dev.millrace.cli.console.Amounts;
import dev.millrace.cli.error.ErrorText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Reads the whole project and says whether it is sound; touches no warehouse. */
@Command(name = "parse", description = "Read and check the whole project; write target/manifest.json.")
final class ParseCommand implements Callable<Integer> {
    private final Millrace millrace;

    ParseCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = millrace.open("parse")) {
            int nodes = workspace.graph().nodes().size();
            Selection.checkSelectors(workspace.project());
            workspace.writeManifest();
            ErrorText errors = millrace.errors(workspace.project());
            workspace
                    .warnings()
                    .forEach(warning -> errors.warning(warning)
                            .forEach(millrace.surroundings().err()::println));
            if (!millrace.settings().quiet()) {
                millrace.surroundings()
                        .out()
                        .println("Project " + workspace.project().name() + " is sound: " + Amounts.count(nodes, "node")
                                + ".");
            }
            return ExitCode.OK;
        }
    }
}
