package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.value.Compare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Python's stable sort by a key. */
final class Sorting {
    private record Keyed(Object key, Object value) {}

    private Sorting() {}

    /** Sorts in place; reversed, equal elements keep their order as in Python. */
    static void sort(PyList list, UnaryOperator<Object> key, boolean reverse) {
        List<Keyed> keyed = new ArrayList<>(list.size());
        list.forEach(value -> keyed.add(new Keyed(key.apply(value), value)));
        Comparator<Keyed> order = (a, b) -> Compare.order(a.key, b.key);
        keyed.sort(reverse ? order.reversed() : order);
        for (int i = 0; i < keyed.size(); i++) {
            list.set(i, keyed.get(i).value);
        }
    }
}
