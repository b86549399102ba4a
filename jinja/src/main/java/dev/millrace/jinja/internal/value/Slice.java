package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.util.List;

/** A slice {@code start:stop:step}; each part may be None. */
public record Slice(Object start, Object stop, Object step) {
    /** The slice of a list, tuple, range or text. */
    public Object of(Object value) {
        if (value instanceof String text) {
            return text(text);
        } else if (value instanceof List<?> list) {
            int[] indexes = indexes(list.size());
            if (value instanceof Range range) {
                return range.part(indexes.length == 0 ? 0 : indexes[0], indexes.length, stride());
            }
            Object[] elements = new Object[indexes.length];
            for (int i = 0; i < indexes.length; i++) {
                elements[i] = list.get(indexes[i]);
            }
            return value instanceof PyTuple ? PyTuple.of(elements) : PyList.of(elements);
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return Undefined.missing(value, this);
    }

    private String text(String text) {
        if (!Text.hasSurrogates(text)) {
            int[] indexes = indexes(text.length());
            char[] chars = new char[indexes.length];
            for (int i = 0; i < indexes.length; i++) {
                chars[i] = text.charAt(indexes[i]);
            }
            return new String(chars);
        }
        int[] points = text.codePoints().toArray();
        StringBuilder result = new StringBuilder();
        for (int index : indexes(points.length)) {
            result.appendCodePoint(points[index]);
        }
        return result.toString();
    }

    private long stride() {
        return step == None.NONE ? 1 : bound(step);
    }

    private int[] indexes(int size) {
        long stride = stride();
        if (stride == 0) {
            throw JinjaException.value("slice step cannot be zero");
        }
        long low = stride > 0 ? 0 : -1;
        long high = stride > 0 ? size : size - 1L;
        long from = start == None.NONE ? (stride > 0 ? low : high) : clamp(bound(start), size, low, high);
        long to = stop == None.NONE ? (stride > 0 ? high : low) : clamp(bound(stop), size, low, high);
        long span = stride > 0 ? to - from : from - to;
        long count = span <= 0 ? 0 : (span - 1) / Math.abs(stride) + 1;
        int[] result = new int[(int) count];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) (from + i * stride);
        }
        return result;
    }

    private static long bound(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        } else if (!Numbers.isInteger(value)) {
            throw JinjaException.type("slice indices must be integers or None or have an __index__ method");
        }
        long number = Numbers.big(value).bitLength() > 40
                ? (Numbers.big(value).signum() < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE)
                : Numbers.toLong(value);
        return Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    }

    private static long clamp(long index, int size, long low, long high) {
        long absolute = index < 0 ? index + size : index;
        return Math.max(low, Math.min(high, absolute));
    }

    @Override
    public String toString() {
        return "slice(" + Repr.repr(start) + ", " + Repr.repr(stop) + ", " + Repr.repr(step) + ")";
    }
}
