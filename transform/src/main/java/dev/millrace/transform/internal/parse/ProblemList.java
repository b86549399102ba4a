package dev.millrace.transform.internal.parse;

import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.parallel.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a project, and what is only strange, in the order of its files whatever order they are read in.
 * Thread-safe.
 */
final class ProblemList implements Consumer<MillraceException> {
    private final List<MillraceException> all = new ArrayList<>();
    private final List<MillraceException> strange = new ArrayList<>();
    /** The item that the thread is at, if any. */
    private static final ThreadLocal<@Nullable Item> CURRENT = new ThreadLocal<>();

    private record Item(ProblemList list, List<MillraceException> problems, List<MillraceException> warnings) {}

    @Override
    public void accept(MillraceException problem) {
        Item item = CURRENT.get();
        if (item != null && item.list == this) {
            item.problems.add(problem);
        } else {
            synchronized (all) {
                all.add(problem);
            }
        }
    }

    /** Takes what is strange but not wrong. */
    void warn(MillraceException warning) {
        Item item = CURRENT.get();
        if (item != null && item.list == this) {
            item.warnings.add(warning);
        } else {
            synchronized (all) {
                strange.add(warning);
            }
        }
    }

    /** Runs {@code work}; what it throws joins the problems. */
    void guard(Runnable work) {
        try {
            work.run();
        } catch (MillraceException e) {
            accept(e);
        }
    }

    /** {@link Parallel#map}, after which the problems of earlier items stand before those of later ones. */
    <T, R> List<R> map(List<T> items, Function<T, R> work) {
        List<Noted<R>> noted = Parallel.map(items, item -> {
            Item before = CURRENT.get();
            Item own = new Item(this, new ArrayList<>(0), new ArrayList<>(0));
            CURRENT.set(own);
            try {
                return new Noted<>(work.apply(item), own.problems, own.warnings);
            } finally {
                CURRENT.set(before);
            }
        });
        List<R> results = new ArrayList<>(noted.size());
        for (Noted<R> one : noted) {
            one.problems.forEach(this);
            one.warnings.forEach(this::warn);
            results.add(one.result);
        }
        return results;
    }

    List<MillraceException> copy() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    List<MillraceException> warnings() {
        synchronized (all) {
            return List.copyOf(strange);
        }
    }

    private record Noted<R>(R result, List<MillraceException> problems, List<MillraceException> warnings) {}
}
