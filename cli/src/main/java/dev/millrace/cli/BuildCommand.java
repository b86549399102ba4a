package dev.millrace.cli;

import dev.millrace.core.graph.NodeKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job: every node of the graph that has work to do, in order. */
@Command(name = "build", description = "Run everything in graph order: connections, seeds, models, tests, syncs.")
final class BuildCommand implements Callable<Integer> {
    static final Set<NodeKind> KINDS = EnumSet.complementOf(EnumSet.of(NodeKind.ANALYSIS, NodeKind.OPERATION));

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    BuildCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "build").run(KINDS, selection);
    }
}
