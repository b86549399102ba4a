package dev.millrace.events;

import java.nio.file.Path;
import java.time.Duration;

/** Keeps the only topic of a project open in a process of its own, which a test may kill. */
final class LandMain {
    private LandMain() {}

    public static void main(String[] arguments) throws Exception {
        new TestProject(Path.of(arguments[0])).open((flow, session) -> {
            System.out.println("working");
            while (true) {
                flow.next(Duration.ofMillis(200));
            }
        });
    }
}
