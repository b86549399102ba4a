package dev.millrace.cli;

import dev.millrace.cli.console.RunConsole;
import dev.millrace.cli.console.Subject;
import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.core.run.RunEventReader;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.Runs;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Shows a run of the store, wherever it is carried out, until it has ended. */
final class FollowedRun {
    private static final int BATCH = 1_000;
    private static final long POLL_MILLIS = 50;

    private final Millrace millrace;
    private final Project project;
    private final Runs runs;

    FollowedRun(Millrace millrace, Project project, Runs runs) {
        this.millrace = millrace;
        this.project = project;
        this.runs = runs;
    }

    /** @return the exit code */
    int show(RunRecord run, String command) throws InterruptedException {
        Clock clock = millrace.surroundings().clock();
        ErrorText errors = millrace.errors(project);
        Subject subject = new Subject(
                project.name(),
                project.target().name() + " (" + project.target().type() + ")",
                millrace.settings().again("build"));
        boolean json = millrace.settings().logFormat() == LogFormat.JSON;
        try (RunConsole console = json
                        ? millrace.consoles().json(clock)
                        : millrace.consoles().text(errors, subject, clock);
                Interruption interruption = Interruption.install(() -> runs.cancel(run.id()), console)) {
            RunRecord ended = follow(run, console);
            if (ended.error().isPresent()) {
                throw new MillraceException(
                        ErrorCode.STEP_FAILED,
                        command + " could not be done: " + ended.error().get());
            }
            int code = ended.state() == RunState.SUCCEEDED ? ExitCode.OK : ExitCode.FAILED;
            return interruption.exitCodeOfSignal().orElse(code);
        }
    }

    private RunRecord follow(RunRecord run, RunConsole console) throws InterruptedException {
        RunEventReader reader = new RunEventReader();
        long after = 0;
        while (true) {
            RunRecord now = runs.find(run.id()).orElse(run);
            List<RunLog> entries = runs.events(run.id(), after, BATCH);
            for (RunLog entry : entries) {
                after = entry.sequence();
                reader.read(entry.json()).ifPresent(console::on);
            }
            if (now.state().ended() && entries.size() < BATCH) {
                return now;
            }
            if (entries.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }
}
