package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tests. */
@Command(name = "test", description = "Run the tests of what is already built.")
final class TestCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final RunModes modes = new RunModes();

    private final Millrace millrace;

    TestCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "test")
                .with(modes.flags(millrace.settings()))
                .run(selection);
    }
}
