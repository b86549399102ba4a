package dev.millrace.core.run;

import java.util.List;

/** Hands each event to every listener, one event at a time. Thread-safe. */
public final class Events {
    private final List<RunListener> listeners;

    public Events(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    public synchronized void emit(RunEvent event) {
        for (RunListener listener : listeners) {
            listener.on(event);
        }
    }
}
