package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Arithmetic;
import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Lazy;
import dev.millrace.jinja.internal.value.Repr;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** Filters on sequences. */
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Filters filters) {
        filters.add("first", "seq", a -> first(a.get(0)))
                .add("last", "seq", a -> last(a.get(0)))
                .add("random", "seq", a -> random(Iteration.list(a.get(0))))
                .add("join", "value, d='', attribute=None", SequenceFilters::join)
                .add("reverse", "value", a -> reverse(a.get(0)))
                .add("sort", "value, reverse=False, case_sensitive=False, attribute=None", a -> {
                    PyList list = Iteration.list(a.get(0));
                    Sorting.sort(list, Paths.keys(a, 3, 2), a.truth(1));
                    return list;
                })
                .add("unique", "value, case_sensitive=False, attribute=None", SequenceFilters::unique)
                .add("min", "value, case_sensitive=False, attribute=None", a -> extreme(a, -1))
                .add("max", "value, case_sensitive=False, attribute=None", a -> extreme(a, 1))
                .add("sum", "iterable, attribute=None, start=0", SequenceFilters::sum)
                .add("batch", "value, linecount, fill_with=None", SequenceFilters::batch)
                .add("slice", "value, slices, fill_with=None", SequenceFilters::slice)
                .add("groupby", "value, attribute, default=None, case_sensitive=False", Groups::groupBy);
    }

    private static Object first(Object value) {
        Iterator<Object> elements = Iteration.of(value);
        return elements.hasNext() ? elements.next() : Undefined.because("first", "No first item, sequence was empty.");
    }

    private static Object last(Object value) {
        Object reversed = reverse(value);
        if (reversed instanceof String text) {
            return text.isEmpty()
                    ? Undefined.because("last", "No last item, sequence was empty.")
                    : Access.item(text, 0L);
        }
        Iterator<Object> elements = Iteration.of(reversed);
        return elements.hasNext() ? elements.next() : Undefined.because("last", "No last item, sequence was empty.");
    }

    private static Object random(PyList list) {
        return list.isEmpty()
                ? Undefined.because("random", "No random item, sequence was empty.")
                : list.get(ThreadLocalRandom.current().nextInt(list.size()));
    }

    private static Object reverse(Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        } else if (!Iteration.isIterable(value)) {
            throw new JinjaException(JinjaException.Kind.FILTER_ARGUMENT, "argument must be iterable");
        }
        PyList list = Iteration.list(value);
        Collections.reverse(list);
        return new Lazy("list_reverseiterator", list.iterator());
    }

    private static Object join(Arguments a) {
        UnaryOperator<Object> key = a.isNone(2) ? value -> value : Paths.reader(a.get(2), Undefined.name(""));
        String separator = Repr.str(a.get(1));
        StringBuilder out = new StringBuilder();
        Iterator<Object> elements = Iteration.of(a.get(0));
        boolean first = true;
        while (elements.hasNext()) {
            out.append(first ? "" : separator).append(Repr.str(key.apply(elements.next())));
            first = false;
        }
        return out.toString();
    }

    private static Object unique(Arguments a) {
        UnaryOperator<Object> key = Paths.key(a.get(2), a.truth(1));
        PySet seen = new PySet();
        PyList result = new PyList();
        Iteration.of(a.get(0)).forEachRemaining(element -> {
            if (seen.add(key.apply(element))) {
                result.add(element);
            }
        });
        return new Lazy("generator", result.iterator());
    }

    private static Object extreme(Arguments a, int sign) {
        UnaryOperator<Object> key = Paths.key(a.get(2), a.truth(1));
        Iterator<Object> elements = Iteration.of(a.get(0));
        if (!elements.hasNext()) {
            return Undefined.because("item", "No aggregated item, sequence was empty.");
        }
        Object best = elements.next();
        Object bestKey = key.apply(best);
        while (elements.hasNext()) {
            Object next = elements.next();
            Object nextKey = key.apply(next);
            if (Compare.order(nextKey, bestKey, sign > 0 ? ">" : "<") * sign > 0) {
                best = next;
                bestKey = nextKey;
            }
        }
        return best;
    }

    private static Object sum(Arguments a) {
        UnaryOperator<Object> key = a.isNone(1) ? value -> value : Paths.reader(a.get(1), Undefined.name(""));
        Object total = a.get(2);
        if (total instanceof String) {
            throw JinjaException.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        Iterator<Object> elements = Iteration.of(a.get(0));
        while (elements.hasNext()) {
            total = Arithmetic.add(total, key.apply(elements.next()));
        }
        return total;
    }

    private static Object batch(Arguments a) {
        int size = a.integer(1);
        PyList batches = new PyList();
        PyList current = new PyList();
        for (Object element : Iteration.list(a.get(0))) {
            if (current.size() == size) {
                batches.add(current);
                current = new PyList();
            }
            current.add(element);
        }
        if (!current.isEmpty()) {
            while (!a.isNone(2) && current.size() < size) {
                current.add(a.get(2));
            }
            batches.add(current);
        }
        return new Lazy("generator", batches.iterator());
    }

    private static Object slice(Arguments a) {
        PyList list = Iteration.list(a.get(0));
        int count = a.integer(1);
        if (count <= 0) {
            throw new JinjaException(JinjaException.Kind.ZERO_DIVISION, "integer division or modulo by zero");
        }
        int per = list.size() / count;
        int longer = list.size() % count;
        PyList slices = new PyList();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = at + per + (i < longer ? 1 : 0);
            PyList slice = new PyList(list.subList(at, end));
            if (!a.isNone(2) && i >= longer) {
                slice.add(a.get(2));
            }
            slices.add(slice);
            at = end;
        }
        return new Lazy("generator", slices.iterator());
    }

    /** {@code groupby}: pairs that also answer to {@code grouper} and {@code list}. */
    private static final class Groups {
        static Object groupBy(Arguments a) {
            Object fallback = a.isNone(2) ? Undefined.name("") : a.get(2);
            UnaryOperator<Object> reader = Paths.reader(a.get(1), fallback);
            boolean caseSensitive = a.truth(3);
            UnaryOperator<Object> key = value -> Paths.folded(reader.apply(value), caseSensitive);
            PyList sorted = Iteration.list(a.get(0));
            Sorting.sort(sorted, key, false);
            PyList groups = new PyList();
            PyList members = new PyList();
            Object last = null;
            for (Object element : sorted) {
                Object current = key.apply(element);
                if (last == null || !Compare.equal(last, current)) {
                    members = new PyList();
                    groups.add(new GroupTuple(caseSensitive ? current : reader.apply(element), members));
                    last = current;
                }
                members.add(element);
            }
            return groups;
        }
    }

    /** A pair {@code (grouper, list)}. */
    record GroupTuple(Object grouper, PyList list) implements JinjaObject {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "grouper" -> grouper;
                case "list" -> list;
                default -> missing(name);
            };
        }

        @Override
        public Object item(Object key) {
            return Access.item(pair(), key);
        }

        private PyTuple pair() {
            return PyTuple.of(grouper, list);
        }

        @Override
        public Optional<Iterable<Object>> elements() {
            return Optional.of(List.of(grouper, list));
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.of(2);
        }

        @Override
        public String display() {
            return Repr.repr(pair());
        }

        @Override
        public String typeName() {
            return "_GroupTuple";
        }
    }
}
