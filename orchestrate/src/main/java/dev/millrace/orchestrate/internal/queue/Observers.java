package dev.millrace.orchestrate.internal.queue;

import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.Runs;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells everybody who wants to know. Thread-safe. */
public final class Observers implements RunObserver {
    private final List<RunObserver> observers = new CopyOnWriteArrayList<>();

    Runs.Subscription add(RunObserver observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    boolean isEmpty() {
        return observers.isEmpty();
    }

    @Override
    public void changed(RunRecord run) {
        observers.forEach(observer -> observer.changed(run));
    }

    @Override
    public void logged(RunLog entry) {
        observers.forEach(observer -> observer.logged(entry));
    }
}
