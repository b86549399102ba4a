package dev.millrace.cli;

import dev.millrace.core.graph.NodeKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tests. */
@Command(name = "test", description = "Run the tests of what is already built.")
final class TestCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.of(NodeKind.TEST, NodeKind.UNIT_TEST);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    TestCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "test").run(KINDS, selection);
    }
}
