package dev.millrace.cdc;

import dev.millrace.core.graph.ContinuousStep;
import java.nio.file.Path;
import java.time.Duration;

/** Follows a project's connector in a process of its own, which a test may kill. */
final class CdcMain {
    private CdcMain() {}

    public static void main(String[] arguments) {
        CdcProject project = new CdcProject(Path.of(arguments[0]));
        project.withStep((node, step) -> {
            try (ContinuousStep.Flow flow = step.open(new CdcProject.Context(node))) {
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
}
