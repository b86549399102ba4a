package dev.millrace.core.run;

import dev.millrace.core.graph.StepContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The wish to stop, and what has to be told of it. Thread-safe. */
public final class Cancellation {
    private final Map<Object, Runnable> stops = new LinkedHashMap<>();
    private volatile boolean cancelled;

    public boolean cancelled() {
        return cancelled;
    }

    public void cancel() {
        List<Runnable> all;
        synchronized (stops) {
            cancelled = true;
            all = new ArrayList<>(stops.values());
        }
        all.forEach(Runnable::run);
    }

    /** {@code stop} is called at once if the wish has already been uttered. */
    public StepContext.Registration register(Runnable stop) {
        Object key = new Object();
        boolean late;
        synchronized (stops) {
            stops.put(key, stop);
            late = cancelled;
        }
        if (late) {
            stop.run();
        }
        return () -> {
            synchronized (stops) {
                stops.remove(key);
            }
        };
    }
}
