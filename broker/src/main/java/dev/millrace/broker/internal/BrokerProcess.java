package dev.millrace.broker.internal;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The child process of a broker. It reads its standard input, which ends when this process does, however that comes.
 */
public final class BrokerProcess implements AutoCloseable {
    static final String READY = "ready";
    private static final long STOP_SECONDS = 10;

    private final Process process;

    private BrokerProcess(Process process) {
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    public static BrokerProcess start(BrokerSettings settings, BrokerFolder folder, int port) {
        if (!BrokerFolder.isFree(port)) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED,
                    "port " + port + ", which the Kafka broker should listen on, is in use",
                    null,
                    "Give the broker another 'port', or 0 for a free one; or name the broker that runs there in"
                            + " 'bootstrap_servers'.",
                    null);
        }
        BrokerProcess broker = new BrokerProcess(launch(settings, folder, port));
        try {
            broker.awaitReady(settings, folder);
            return broker;
        } catch (RuntimeException e) {
            broker.kill();
            throw e;
        }
    }

    private static Process launch(BrokerSettings settings, BrokerFolder folder, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss",
                "-cp",
                BrokerClassPath.find(),
                BrokerMain.class.getName(),
                settings.folder().toString(),
                String.valueOf(port)));
        settings.properties().forEach((key, value) -> command.add(key + "=" + value));
        try {
            return new ProcessBuilder(command)
                    .redirectError(folder.log().toFile())
                    .start();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.SOURCE_FAILED, "the Kafka broker cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(BrokerSettings settings, BrokerFolder folder) {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> ready.complete(readUntilReady()), "kafka-broker-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!ready.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(ErrorCode.SOURCE_FAILED, "the Kafka broker ended while it started", folder);
            }
        } catch (TimeoutException e) {
            throw failed(
                    ErrorCode.TIMEOUT,
                    "the Kafka broker is not ready after " + settings.patience().toSeconds() + " s",
                    folder);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    private static MillraceException failed(ErrorCode code, String message, BrokerFolder folder) {
        String words = folder.lastWords();
        return new MillraceException(
                code, message + (words.isBlank() ? "" : ": " + words), null, "Its log is " + folder.log() + ".", null);
    }

    private boolean readUntilReady() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(READY)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly();
        join();
    }

    /** Asks it to stop, and ends it if it does not. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // It has ended already.
        }
        if (!join()) {
            kill();
        }
    }

    private boolean join() {
        try {
            return process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
