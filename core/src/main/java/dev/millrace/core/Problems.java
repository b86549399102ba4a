package dev.millrace.core;

import java.util.ArrayList;
import java.util.List;

/** Collects the errors of one pass, so that a user sees all of them at once. Not thread-safe. */
public final class Problems {
    private final List<MillraceException> found = new ArrayList<>();

    public void add(MillraceException problem) {
        if (problem instanceof ProblemsException several) {
            found.addAll(several.problems());
        } else {
            found.add(problem);
        }
    }

    /** Runs {@code check} and keeps what it throws. */
    public void collect(Runnable check) {
        try {
            check.run();
        } catch (MillraceException e) {
            add(e);
        }
    }

    /** What was collected so far, in the order it was found. */
    public List<MillraceException> found() {
        return List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws what was collected, if anything was. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw ProblemsException.of(found);
        }
    }
}
