package dev.millrace.cli;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.run.RunListener;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a macro by itself: dbt's {@code run-operation}. */
@Command(name = "run-operation", description = "Run a macro by itself.")
final class RunOperationCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MACRO", description = "Its name, or package.name.")
    private String macro = "";

    @Option(
            names = "--args",
            paramLabel = "YAML",
            order = 1,
            description = "Its arguments as YAML or JSON: '{schema: staging, days: 7}'.")
    @Nullable
    private String arguments;

    private final Millrace millrace;

    RunOperationCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        var values = Settings.mapping("--args", arguments, "{schema: staging, days: 7}");
        return new Execution(millrace, "run-operation")
                .run(new SelectionOptions(), EnumSet.of(NodeKind.OPERATION), new Execution.OwnSteps() {
                    @Override
                    public Graph graph(Workspace workspace) {
                        return workspace.operation(macro, values);
                    }

                    @Override
                    public List<RunListener> listeners(Workspace workspace) {
                        return workspace.artifacts();
                    }
                });
    }
}
