package dev.millrace.transform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Builds a project in a Java process of its own, so that it can be killed. */
final class BuildProcess implements AutoCloseable {
    private final Process process;

    private BuildProcess(Process process) {
        this.process = process;
    }

    static BuildProcess start(Path projectFolder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                BuildProcess.class.getName(),
                projectFolder.toString());
        try {
            return new BuildProcess(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(new File(projectFolder.toFile(), "build.log"))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) {
        TestProject.open(Path.of(arguments[0])).build();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the process does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
