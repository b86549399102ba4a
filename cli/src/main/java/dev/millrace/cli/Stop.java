package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/** Waits for a signal that asks the process to stop; a second one ends it at once. Thread-safe. */
final class Stop implements AutoCloseable {
    private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15, "HUP", 1);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Runnable> undo = new ArrayList<>();

    private Stop() {}

    static Stop onSignal() {
        Stop stop = new Stop();
        SIGNALS.forEach((name, number) -> {
            Object before = Signals.register(name, () -> stop.received(number));
            stop.undo.add(() -> Signals.unregister(name, before));
        });
        return stop;
    }

    private void received(int number) {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(ExitCode.signal(number));
        }
        asked.countDown();
    }

    boolean asked() {
        return asked.getCount() == 0;
    }

    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
