package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Repr;
import java.util.Iterator;
import java.util.Map;

/** The methods of set. */
final class SetMethods {
    private SetMethods() {}

    static Map<String, Method> table() {
        return new MethodTable<>(PySet.class)
                .add("add", "element", (self, a) -> done(self.add(a.get(0))))
                .add("discard", "element", (self, a) -> done(self.remove(a.get(0))))
                .add("remove", "element", SetMethods::remove)
                .add("pop", "", (self, a) -> pop(self))
                .add("clear", "", (self, a) -> {
                    self.clear();
                    return None.NONE;
                })
                .add("copy", "", (self, a) -> new PySet(self))
                .add("update", "*others", (self, a) -> {
                    a.rest().forEach(other -> self.addAll(of(other)));
                    return None.NONE;
                })
                .add("union", "*others", (self, a) -> union(self, a))
                .add("intersection", "*others", (self, a) -> {
                    PySet result = new PySet(self);
                    a.rest().forEach(other -> intersect(result, of(other)));
                    return result;
                })
                .add("difference", "*others", (self, a) -> {
                    PySet result = new PySet(self);
                    a.rest().forEach(other -> of(other).forEach(result::remove));
                    return result;
                })
                .add("symmetric_difference", "other", (self, a) -> symmetric(self, of(a.get(0))))
                .add("issubset", "other", (self, a) -> of(a.get(0)).containsAll(self))
                .add("issuperset", "other", (self, a) -> self.containsAll(of(a.get(0))))
                .add("isdisjoint", "other", (self, a) -> of(a.get(0)).stream().noneMatch(self::contains))
                .build();
    }

    static PySet of(Object value) {
        return value instanceof PySet set ? set : new PySet(Iteration.list(value));
    }

    private static None done(boolean ignored) {
        return None.NONE;
    }

    private static Object remove(PySet self, Arguments a) {
        if (!self.remove(a.get(0))) {
            throw new JinjaException(JinjaException.Kind.KEY, Repr.repr(a.get(0)));
        }
        return None.NONE;
    }

    private static Object pop(PySet self) {
        Iterator<Object> elements = self.iterator();
        if (!elements.hasNext()) {
            throw new JinjaException(JinjaException.Kind.KEY, "'pop from an empty set'");
        }
        Object first = elements.next();
        elements.remove();
        return first;
    }

    private static PySet union(PySet self, Arguments a) {
        PySet result = new PySet(self);
        a.rest().forEach(other -> result.addAll(of(other)));
        return result;
    }

    private static void intersect(PySet target, PySet other) {
        target.removeIf(element -> !other.contains(element));
    }

    private static PySet symmetric(PySet self, PySet other) {
        PySet result = new PySet(self);
        for (Object element : other) {
            if (!result.remove(element)) {
                result.add(element);
            }
        }
        return result;
    }
}
