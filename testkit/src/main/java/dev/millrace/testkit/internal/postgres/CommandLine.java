package dev.millrace.testkit.internal.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.testkit.TestkitException;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a short-lived program to its end and collects what it prints. */
final class CommandLine {
    /** How a program ended: exit code, and standard output and error together. */
    record Result(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }
    }

    private CommandLine() {}

    /** @throws TestkitException if it does not end within {@code limit}, or cannot be started */
    static Result run(Duration limit, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> readAll(process));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new TestkitException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), output.join());
        } catch (IOException e) {
            throw new TestkitException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestkitException("interrupted while running " + command.get(0), e);
        }
    }

    private static String readAll(Process process) {
        try (var in = process.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "(its output could not be read: " + e.getMessage() + ")";
        }
    }
}
