package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The main job: every node of the graph that has work to do, in order. */
@Command(name = "build", description = "Run everything in graph order: connections, seeds, models, tests, syncs.")
final class BuildCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final RunModes modes = new RunModes();

    private final Millrace millrace;

    BuildCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "build")
                .with(modes.flags(millrace.settings()))
                .run(selection);
    }
}
