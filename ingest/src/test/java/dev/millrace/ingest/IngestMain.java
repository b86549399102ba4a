package dev.millrace.ingest;

import dev.millrace.core.run.RunResult;
import java.nio.file.Path;

/** Runs the connections of a project in a process of its own, which a test may kill. */
final class IngestMain {
    private IngestMain() {}

    public static void main(String[] arguments) {
        TestProject project = new TestProject(Path.of(arguments[0]));
        project.listener(event -> {
            if (event instanceof dev.millrace.core.run.RunEvent.NodeProgressed
                    || event instanceof dev.millrace.core.run.RunEvent.NodeStarted) {
                System.out.println("working");
            }
        });
        RunResult run = project.ingest();
        System.out.println("done " + run.exitCode());
    }
}
