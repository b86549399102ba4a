package dev.millrace.cli;

import dev.millrace.core.graph.NodeKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The seeds. */
@Command(name = "seed", description = "Load the CSV files of seeds/.")
final class SeedCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.of(NodeKind.SEED);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    SeedCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "seed").run(KINDS, selection);
    }
}
