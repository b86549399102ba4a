package dev.millrace.cdc;

import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import java.nio.file.Path;
import java.time.Duration;

/** Follows a project's connector in a process of its own, which a test may kill. */
final class CdcMain {
    private CdcMain() {}

    public static void main(String[] arguments) {
        CdcProject project = new CdcProject(Path.of(arguments[0]));
        project.withStep((node, step) -> {
            try (ContinuousStep.Flow flow = step.open(new Telling(node))) {
                System.out.println("open");
                boolean told = false;
                while (true) {
                    long rows = flow.next(Duration.ofMillis(100)).rows().orElse(0);
                    if (rows > 0 && !told) {
                        System.out.println("rows " + rows);
                        told = true;
                    }
                }
            }
        });
    }

    /** Says on the terminal what the step says. */
    private static final class Telling extends CdcProject.Context {
        Telling(Node node) {
            super(node);
        }

        @Override
        public void log(LogLevel level, String message) {
            System.out.println(message);
        }
    }
}
