package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Probe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries all systems outside at once, each on a thread of its own. Used by one thread. */
final class Probing {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<Probe, Future<String>> answers = new LinkedHashMap<>();
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    private Probing() {}

    static Probing start(List<Probe> probes) {
        Probing probing = new Probing();
        for (Probe probe : probes) {
            FutureTask<String> task = new FutureTask<>(() -> probe.check().run(PATIENCE));
            Thread thread = new Thread(task, "probe-" + probe.name());
            thread.setDaemon(true);
            thread.start();
            probing.answers.put(probe, task);
        }
        return probing;
    }

    List<Probe> probes() {
        return List.copyOf(answers.keySet());
    }

    /**
     * Waits for what a probe finds.
     *
     * @throws MillraceException what it found wrong; TIMEOUT if it finds nothing in time
     */
    String answer(Probe probe) {
        Future<String> answer = answers.get(probe);
        if (answer == null) {
            throw new IllegalArgumentException(probe.name());
        }
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new MillraceException(
                    ErrorCode.TIMEOUT,
                    "no answer within " + PATIENCE.toSeconds() + " s",
                    null,
                    "Check host and port of '" + probe.name() + "' in millrace.yml, and firewalls on the way.",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MillraceException known
                    ? known
                    : new MillraceException(ErrorCode.INTERNAL, String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }
}
