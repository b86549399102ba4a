package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import java.util.AbstractList;
import java.util.RandomAccess;

/** Python's range: numbers counted, not kept. */
public final class Range extends AbstractList<Object> implements RandomAccess {
    private final long start;
    private final long stop;
    private final long step;
    private final int length;

    public Range(long start, long stop, long step) {
        if (step == 0) {
            throw JinjaException.value("range() arg 3 must not be zero");
        }
        this.start = start;
        this.stop = stop;
        this.step = step;
        long distance = step > 0 ? stop - start : start - stop;
        long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
        if (count > Integer.MAX_VALUE) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "Range too big");
        }
        length = (int) count;
    }

    /** The part of this range that starts at an index, holds {@code count} numbers and takes every {@code stride}th. */
    Range part(long from, long count, long stride) {
        long first = start + from * step;
        return new Range(first, first + count * step * stride, step * stride);
    }

    @Override
    public Object get(int index) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index);
        }
        return start + index * step;
    }

    @Override
    public int size() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Range range && Compare.sameElements(this, range);
    }

    @Override
    public int hashCode() {
        return length;
    }

    @Override
    public String toString() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
