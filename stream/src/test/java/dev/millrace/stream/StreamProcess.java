package dev.millrace.stream;

import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.warehouse.Session;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lands random events and keeps streaming models running in a Java process of its own, so that it can be killed. */
final class StreamProcess implements AutoCloseable {

    private final Process process;

    private StreamProcess(Process process) {
        this.process = process;
    }

    /** @param batches how many there are in the end */
    static StreamProcess start(Path folder, long seed, int batches) {
        try {
            return new StreamProcess(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StreamProcess.class.getName(),
                            folder.toString(),
                            String.valueOf(seed),
                            String.valueOf(batches))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "process.log")))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        RandomEvents events = new RandomEvents(Long.parseLong(arguments[1]));
        int batches = Integer.parseInt(arguments[2]);
        try (StreamProject project = StreamEqualsBatchTest.project(folder);
                Session session = project.session()) {
            Thread[] flows = StreamEqualsBatchTest.MODELS.stream()
                    .map(model -> new Thread(() -> run(project, model, batches), model))
                    .toArray(Thread[]::new);
            for (Thread flow : flows) {
                flow.start();
            }
            int next = 1
                    + (int) session.query("select coalesce(max(_millrace_batch_id), -1) from raw.events")
                            .singleLong();
            for (int batch = next; batch < batches; batch++) {
                events.land(session, batch);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            for (Thread flow : flows) {
                flow.join();
            }
        }
    }

    private static void run(StreamProject project, String model, int batches) {
        try (ContinuousStep.Flow flow = project.open(model)) {
            Object position = "";
            while (!position.equals(String.valueOf(batches - 1))) {
                var result = flow.next(Duration.ofMillis(500));
                position = result.details().getOrDefault("position", "");
                if (position.equals("")
                        && project.number("select count(*) from raw.events where _millrace_batch_id = " + (batches - 1))
                                > 0) {
                    break;
                }
            }
        } catch (Exception e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    /** Waits for it to end by itself. */
    int await(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
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
