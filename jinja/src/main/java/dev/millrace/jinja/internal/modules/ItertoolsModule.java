package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.library.Functional;
import dev.millrace.jinja.internal.value.Arithmetic;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Lazy;
import dev.millrace.jinja.internal.value.Sizes;
import dev.millrace.jinja.internal.value.Truth;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The functions of Python's {@code itertools} that dbt offers. */
final class ItertoolsModule {
    private ItertoolsModule() {}

    static Map<String, Object> members() {
        return Map.ofEntries(
                Map.entry(
                        "chain",
                        Functional.type(
                                "chain",
                                "*iterables",
                                a -> chain(a.rest().iterator()),
                                name -> name.equals("from_iterable")
                                        ? Functions.of(name, "iterable", a -> chain(Iteration.of(a.get(0))))
                                        : Undefined.because(
                                                name,
                                                "type object 'itertools.chain' has no attribute '" + name + "'"))),
                Map.entry("product", Functions.of("product", "*iterables, repeat=1", a -> product(a))),
                Map.entry(
                        "permutations",
                        Functions.of("permutations", "iterable, r=None", a -> choose("permutations", a, false, true))),
                Map.entry(
                        "combinations",
                        Functions.of("combinations", "iterable, r", a -> choose("combinations", a, false, false))),
                Map.entry(
                        "combinations_with_replacement",
                        Functions.of(
                                "combinations_with_replacement",
                                "iterable, r",
                                a -> choose("combinations_with_replacement", a, true, false))),
                Map.entry("zip_longest", Functions.of("zip_longest", "*iterables, fillvalue=None", a -> zipLongest(a))),
                Map.entry(
                        "accumulate",
                        Functions.of("accumulate", "iterable, func=None, *, initial=None", a -> accumulate(a))),
                Map.entry(
                        "count",
                        Functions.of(
                                "count",
                                "start=0, step=1",
                                a -> lazy(
                                        "count", Stream.iterate(a.get(0), value -> Arithmetic.add(value, a.get(1)))))),
                Map.entry("cycle", Functions.of("cycle", "iterable", a -> cycle(Iteration.list(a.get(0))))),
                Map.entry(
                        "repeat",
                        Functions.of(
                                "repeat",
                                "object, times=None",
                                a -> lazy(
                                        "repeat",
                                        a.isNone(1)
                                                ? Stream.generate(() -> a.get(0))
                                                : Stream.generate(() -> a.get(0))
                                                        .limit(Math.max(0, a.integer(1)))))),
                Map.entry("compress", Functions.of("compress", "data, selectors", a -> compress(a))),
                Map.entry("islice", Functions.of("islice", "iterable, *bounds", a -> slice(a))),
                Map.entry("starmap", Functions.of("starmap", "function, iterable", a -> starmap(a))),
                Map.entry("tee", Functions.of("tee", "iterable, n=2", a -> tee(a))));
    }

    private static Lazy lazy(String name, Stream<Object> elements) {
        return new Lazy("itertools." + name, elements.iterator());
    }

    private static Lazy list(String name, PyList elements) {
        return new Lazy("itertools." + name, elements.iterator());
    }

    private static Lazy chain(Iterator<Object> iterables) {
        PyList all = new PyList();
        iterables.forEachRemaining(iterable -> {
            all.addAll(Iteration.list(iterable));
            Sizes.checkElements(all.size());
        });
        return list("chain", all);
    }

    private static Lazy product(Arguments a) {
        PyList rows = PyList.of(PyTuple.EMPTY);
        for (int round = 0; round < a.integer(0); round++) {
            for (Object iterable : a.rest()) {
                PyList column = Iteration.list(iterable);
                Sizes.checkElements((double) rows.size() * column.size());
                PyList longer = new PyList();
                for (Object row : rows) {
                    for (Object value : column) {
                        longer.add(Arithmetic.add(row, PyTuple.of(value)));
                    }
                }
                rows = longer;
            }
        }
        return list("product", rows);
    }

    private static Lazy choose(String name, Arguments a, boolean repeats, boolean ordered) {
        PyList pool = Iteration.list(a.get(0));
        int size = a.isNone(1) ? pool.size() : a.integer(1);
        if (size < 0) {
            throw JinjaException.value("r must be non-negative");
        }
        PyList result = new PyList();
        if (size <= pool.size() || (repeats && !pool.isEmpty())) {
            pick(pool, new int[size], 0, repeats, ordered, result);
        }
        return list(name, result);
    }

    private static void pick(PyList pool, int[] chosen, int depth, boolean repeats, boolean ordered, PyList result) {
        if (depth == chosen.length) {
            Object[] row = new Object[depth];
            for (int i = 0; i < depth; i++) {
                row[i] = pool.get(chosen[i]);
            }
            result.add(PyTuple.of(row));
            Sizes.checkElements(result.size() * 16.0);
            return;
        }
        int start = ordered || depth == 0 ? 0 : chosen[depth - 1] + (repeats ? 0 : 1);
        for (int i = start; i < pool.size(); i++) {
            if (!ordered || !used(chosen, depth, i)) {
                chosen[depth] = i;
                pick(pool, chosen, depth + 1, repeats, ordered, result);
            }
        }
    }

    private static boolean used(int[] chosen, int depth, int index) {
        for (int i = 0; i < depth; i++) {
            if (chosen[i] == index) {
                return true;
            }
        }
        return false;
    }

    private static Lazy zipLongest(Arguments a) {
        List<PyList> columns = a.rest().stream().map(Iteration::list).toList();
        int length = columns.stream().mapToInt(PyList::size).max().orElse(0);
        PyList rows = new PyList();
        for (int i = 0; i < length; i++) {
            Object[] row = new Object[columns.size()];
            for (int column = 0; column < row.length; column++) {
                PyList values = columns.get(column);
                row[column] = i < values.size() ? values.get(i) : a.get(0);
            }
            rows.add(PyTuple.of(row));
        }
        return list("zip_longest", rows);
    }

    private static Lazy accumulate(Arguments a) {
        PyList result = new PyList();
        Object total = a.isNone(2) ? null : a.get(2);
        if (total != null) {
            result.add(total);
        }
        for (Object value : Iteration.list(a.get(0))) {
            total = total == null ? value : combine(a.get(1), total, value, a.call());
            result.add(total);
        }
        return list("accumulate", result);
    }

    private static Object combine(Object function, Object total, Object value, Call call) {
        return function instanceof Callable callable
                ? callable.call(call.with(List.of(total, value), Map.of()))
                : Arithmetic.add(total, value);
    }

    private static Lazy cycle(PyList elements) {
        return elements.isEmpty()
                ? list("cycle", elements)
                : lazy(
                        "cycle",
                        Stream.iterate(0, i -> (i + 1) % elements.size()).map(elements::get));
    }

    private static Lazy compress(Arguments a) {
        PyList result = new PyList();
        Iterator<Object> selectors = Iteration.of(a.get(1));
        Iterator<Object> data = Iteration.of(a.get(0));
        while (data.hasNext() && selectors.hasNext()) {
            Object value = data.next();
            if (Truth.of(selectors.next())) {
                result.add(value);
            }
        }
        return list("compress", result);
    }

    private static Lazy slice(Arguments a) {
        List<Object> bounds = a.rest();
        boolean single = bounds.size() == 1;
        int start = single ? 0 : bound(bounds, 0, 0);
        int stop = bound(bounds, single ? 0 : 1, Integer.MAX_VALUE);
        int step = bound(bounds, 2, 1);
        PyList result = new PyList();
        Iterator<Object> elements = Iteration.of(a.get(0));
        for (int i = 0; i < stop && elements.hasNext(); i++) {
            Object element = elements.next();
            if (i >= start && (i - start) % Math.max(1, step) == 0) {
                result.add(element);
                Sizes.checkElements(result.size());
            }
        }
        return list("islice", result);
    }

    private static int bound(List<Object> bounds, int index, int fallback) {
        return index >= bounds.size() || bounds.get(index) == None.NONE ? fallback : Values.toInt(bounds.get(index));
    }

    private static Lazy starmap(Arguments a) {
        if (!(a.get(0) instanceof Callable function)) {
            throw JinjaException.type("'" + Values.typeName(a.get(0)) + "' object is not callable");
        }
        PyList result = new PyList();
        for (Object row : Iteration.list(a.get(1))) {
            result.add(function.call(a.call().with(Iteration.list(row), Map.of())));
        }
        return list("starmap", result);
    }

    private static PyTuple tee(Arguments a) {
        PyList elements = Iteration.list(a.get(0));
        Object[] copies = new Object[a.integer(1)];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = list("tee", new PyList(elements));
        }
        return PyTuple.of(copies);
    }
}
