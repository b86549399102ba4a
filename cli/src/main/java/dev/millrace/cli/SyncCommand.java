package dev.millrace.cli;

import dev.millrace.core.graph.NodeKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The syncs. */
@Command(name = "sync", description = "Run the syncs of syncs.yml only: from models into other systems.")
final class SyncCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.of(NodeKind.SYNC);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    SyncCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "sync").run(KINDS, selection);
    }
}
