package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The models. */
@Command(name = "run", description = "Run the models.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final RunModes modes = new RunModes();

    private final Millrace millrace;

    RunCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "run")
                .with(modes.flags(millrace.settings()))
                .run(selection);
    }
}
