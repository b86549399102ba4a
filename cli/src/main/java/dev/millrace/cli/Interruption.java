package dev.millrace.cli;

import dev.millrace.cli.console.RunConsole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * What signals do while a run goes on: the first one cancels it, so that nothing half-done stays; the second one ends
 * the process at once. Thread-safe.
 */
final class Interruption implements AutoCloseable {
    private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15, "HUP", 1);

    private final Runnable cancel;
    private final RunConsole console;
    private final AtomicInteger first = new AtomicInteger();
    private final List<Runnable> undo = new ArrayList<>();

    private Interruption(Runnable cancel, RunConsole console) {
        this.cancel = cancel;
        this.console = console;
    }

    static Interruption install(Runnable cancel, RunConsole console) {
        Interruption interruption = new Interruption(cancel, console);
        SIGNALS.forEach(interruption::listen);
        return interruption;
    }

    private void listen(String name, int number) {
        Object before = Signals.register(name, () -> received(number));
        undo.add(() -> Signals.unregister(name, before));
    }

    private void received(int number) {
        if (first.compareAndSet(0, number)) {
            console.cancelling();
            cancel.run();
        } else {
            console.close();
            Runtime.getRuntime().halt(ExitCode.signal(number));
        }
    }

    /** The exit code of a run that a signal ended. */
    OptionalInt exitCodeOfSignal() {
        return first.get() == 0 ? OptionalInt.empty() : OptionalInt.of(ExitCode.signal(first.get()));
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
    }
}
