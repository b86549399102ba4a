package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.run.RunListener;
import dev.millrace.transform.SourceFreshness;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How fresh the sources are: dbt's {@code source freshness}. */
@Command(name = "source", description = "source freshness: ask when the sources were last loaded.")
final class SourceCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ACTION", description = "freshness.")
    private String action = "";

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            order = 20,
            description = "Where the answer is written (default: target/sources.json).")
    @Nullable
    private Path output;

    private final Millrace millrace;

    SourceCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        if (!action.equals("freshness") && !action.equals("snapshot-freshness")) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "'" + action + "' is nothing that can be done with sources",
                    null,
                    "Use: millrace source freshness.",
                    null);
        }
        if (selection.indirect == null) {
            selection.indirect = "empty";
        }
        return new Execution(millrace, "source freshness")
                .run(selection, EnumSet.of(NodeKind.SOURCE), new Execution.OwnSteps() {
                    @Override
                    public Graph graph(Workspace workspace) {
                        return workspace.freshness().graph(workspace.graph());
                    }

                    @Override
                    public List<RunListener> listeners(Workspace workspace) {
                        workspace.writeManifest();
                        SourceFreshness freshness = workspace.freshness();
                        return List.of(
                                output == null
                                        ? freshness.writer()
                                        : freshness.writer(
                                                millrace.surroundings().resolve(output)));
                    }
                });
    }
}
