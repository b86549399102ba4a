package dev.millrace.ingest.internal;

import dev.millrace.core.graph.StepContext;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Tells a step's progress, but not for every batch. Thread-safe. */
final class Progress implements LongConsumer {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final StepContext context;
    private final OptionalLong estimate;
    private final AtomicLong told = new AtomicLong(System.nanoTime());

    Progress(StepContext context, OptionalLong estimate) {
        this.context = context;
        this.estimate = estimate;
    }

    @Override
    public void accept(long rows) {
        long last = told.get();
        long now = System.nanoTime();
        if (now - last >= INTERVAL_NANOS && told.compareAndSet(last, now)) {
            context.progress(rows, 0, estimate);
        }
    }
}
