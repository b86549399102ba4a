package dev.millrace.cli;

import dev.millrace.cli.console.Style;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the project for good: its schedules, its streams, its API and its pages. */
@Command(
        name = "up",
        description = "Run the project for good: schedules, streams, API and pages in one process, until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Option(names = "--host", paramLabel = "ADDRESS", order = 1, description = "Listen here (default: 127.0.0.1).")
    @Nullable
    private String host;

    @Option(names = "--port", paramLabel = "PORT", order = 2, description = "Listen on this port (default: 8085).")
    @Nullable
    private Integer port;

    @Option(names = "--no-schedules", order = 3, description = "Start nothing by the clock.")
    private boolean noSchedules;

    @Option(names = "--no-streams", order = 4, description = "Keep no topics, changes and streaming models running.")
    private boolean noStreams;

    @Option(names = "--build", order = 5, description = "Begin with a build of everything.")
    private boolean build;

    private final Millrace millrace;

    UpCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run(
                millrace,
                new Up.Options(Optional.ofNullable(host), Optional.ofNullable(port), !noSchedules, !noStreams, build));
    }

    /** Runs until a signal asks it to stop. */
    static int run(Millrace millrace, Up.Options options) throws InterruptedException {
        Surroundings surroundings = millrace.surroundings();
        Style style = millrace.settings().style();
        try (Stop stop = Stop.onSignal();
                Up up = Up.start(millrace, options)) {
            up.banner(style).forEach(surroundings.out()::println);
            stop.await();
            surroundings.out().println("Stopping: what runs ends first. Once more to stop at once.");
        }
        return ExitCode.OK;
    }
}
