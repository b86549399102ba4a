package dev.millrace.transform.internal.parallel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spreads many small pieces of work over all cores. */
public final class Parallel {
    /** Fewer than this are not worth a thread. */
    private static final int SHARE = 16;

    /** Templates nest deeply: helpers get the stack that the main thread usually has. */
    private static final long STACK_BYTES = 8L << 20;

    private Parallel() {}

    /**
     * The results in the order of the items. {@code work} is called from several threads at once, each item once; what
     * it throws ends the whole.
     */
    public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
        return map(items, SHARE, work);
    }

    /**
     * The same.
     *
     * @param share how many items are worth a thread
     */
    public static <T, R> List<R> map(List<T> items, int share, Function<T, R> work) {
        int helpers = Math.min(Runtime.getRuntime().availableProcessors(), items.size() / share) - 1;
        if (helpers < 1) {
            return items.stream().map(work).toList();
        }
        @Nullable Object[] results = new Object[items.size()];
        AtomicInteger next = new AtomicInteger();
        Runnable part = () -> {
            try {
                for (int i = next.getAndIncrement(); i < results.length; i = next.getAndIncrement()) {
                    results[i] = work.apply(items.get(i));
                }
            } finally {
                // Either all are taken, or the rest is of no use any more.
                next.set(results.length);
            }
        };
        List<CompletableFuture<Void>> shares = new ArrayList<>();
        for (int i = 1; i <= helpers; i++) {
            String name = "parse-" + i;
            shares.add(CompletableFuture.runAsync(part, task -> start(task, name)));
        }
        try {
            part.run();
        } finally {
            shares.forEach(Parallel::await);
        }
        shares.forEach(Parallel::rethrow);
        @SuppressWarnings("unchecked") // Each is what work gave.
        List<R> all = (List<R>) Arrays.asList(results);
        return all;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(CompletableFuture<Void> share) {
        share.exceptionally(failure -> null).join();
    }

    private static void rethrow(CompletableFuture<Void> share) {
        try {
            share.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
