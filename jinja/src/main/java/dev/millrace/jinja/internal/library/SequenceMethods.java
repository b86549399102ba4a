package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Sizes;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The methods of list and tuple. */
final class SequenceMethods {
    private SequenceMethods() {}

    static Map<String, Method> tuple() {
        return new MethodTable<>(List.class)
                .add("index", "value, start=0, stop=9223372036854775807", SequenceMethods::index)
                .add("count", "value", SequenceMethods::count)
                .build();
    }

    static Map<String, Method> list() {
        return new MethodTable<>(PyList.class)
                .add("index", "value, start=0, stop=9223372036854775807", SequenceMethods::index)
                .add("count", "value", SequenceMethods::count)
                .add("append", "object", (self, a) -> {
                    self.add(a.get(0));
                    return None.NONE;
                })
                .add("extend", "iterable", (self, a) -> {
                    PyList more = Iteration.list(a.get(0));
                    Sizes.checkElements((double) self.size() + more.size());
                    self.addAll(more);
                    return None.NONE;
                })
                .add("insert", "index, object", SequenceMethods::insert)
                .add("remove", "value", SequenceMethods::remove)
                .add("pop", "index=-1", SequenceMethods::pop)
                .add("clear", "", (self, a) -> {
                    self.clear();
                    return None.NONE;
                })
                .add("copy", "", (self, a) -> new PyList(self))
                .add("reverse", "", (self, a) -> {
                    Collections.reverse(self);
                    return None.NONE;
                })
                .add("sort", "*, key=None, reverse=False", SequenceMethods::sort)
                .build();
    }

    private static Object index(List<?> self, Arguments a) {
        int size = self.size();
        long start = bound(a, 1, size);
        long stop = bound(a, 2, size);
        for (int i = (int) start; i < stop; i++) {
            if (Compare.equal(self.get(i), a.get(0))) {
                return (long) i;
            }
        }
        String what =
                self instanceof PyList ? Repr.repr(a.get(0)) + " is not in list" : "tuple.index(x): x not in tuple";
        throw JinjaException.value(what);
    }

    private static long bound(Arguments a, int index, int size) {
        long value = a.get(index) instanceof Long number ? number : a.integer(index);
        return Math.max(0, Math.min(size, value < 0 ? value + size : value));
    }

    private static Object count(List<?> self, Arguments a) {
        return self.stream().filter(element -> Compare.equal(element, a.get(0))).count();
    }

    private static Object insert(PyList self, Arguments a) {
        int index = a.integer(0);
        int absolute = index < 0 ? index + self.size() : index;
        self.add(Math.max(0, Math.min(self.size(), absolute)), a.get(1));
        return None.NONE;
    }

    private static Object remove(PyList self, Arguments a) {
        for (int i = 0; i < self.size(); i++) {
            if (Compare.equal(self.get(i), a.get(0))) {
                self.remove(i);
                return None.NONE;
            }
        }
        throw JinjaException.value("list.remove(x): x not in list");
    }

    private static Object pop(PyList self, Arguments a) {
        int index = a.integer(0);
        int absolute = index < 0 ? index + self.size() : index;
        if (absolute < 0 || absolute >= self.size()) {
            throw new JinjaException(
                    JinjaException.Kind.INDEX, self.isEmpty() ? "pop from empty list" : "pop index out of range");
        }
        return self.remove(absolute);
    }

    private static Object sort(PyList self, Arguments a) {
        Call call = a.call();
        Sorting.sort(
                self,
                element -> a.get(0) instanceof Callable key ? key.call(call.with(List.of(element), Map.of())) : element,
                a.truth(1));
        return None.NONE;
    }
}
