package dev.millrace.activate;

import dev.millrace.core.run.NodeResult;
import java.nio.file.Path;

/** Runs the sync of a project folder in a JVM of its own, to be killed. */
final class SyncProcess {
    private SyncProcess() {}

    public static void main(String[] arguments) {
        try (SyncRig rig = SyncRig.open(Path.of(arguments[0]))) {
            NodeResult result = rig.run();
            System.out.println(result.status() + " " + result.message());
        }
    }

    static Process start(Path folder) throws java.io.IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SyncProcess.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
    }
}
