package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.tree.ReturnSignal;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Range;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions every template has: Jinja's, and dbt's {@code return}. A host's globals hide them. */
public final class Builtins {
    private static final Map<String, Callable> ALL = all();

    private Builtins() {}

    public static @Nullable Object lookup(String name) {
        return ALL.get(name);
    }

    private static Map<String, Callable> all() {
        Map<String, Callable> all = new HashMap<>();
        add(all, Functional.of("range", Builtins::range));
        add(all, Functional.type("dict", "iterable=..., **kwargs", Builtins::dict, Builtins::dictMember));
        add(all, Functional.type("namespace", "iterable=..., **kwargs", a -> new Namespace(dict(a))));
        add(all, Functional.type("cycler", "*items", a -> new Cycler(new PyList(a.rest()))));
        add(all, Functional.type("joiner", "sep=', '", a -> new Joiner(a.get(0))));
        add(all, Functions.of("return", "data=None", a -> {
            throw new ReturnSignal(a.get(0));
        }));
        return Map.copyOf(all);
    }

    private static void add(Map<String, Callable> all, Callable function) {
        all.put(function.callableName(), function);
    }

    private static Object dictMember(String name) {
        Method method = Methods.find(new PyDict(), name);
        return method != null && name.equals("fromkeys")
                ? new BoundMethod(new PyDict(), name, method)
                : Undefined.because(name, "type object 'dict' has no attribute '" + name + "'");
    }

    private static Range range(Call call) {
        int count = call.size();
        if (!call.keywords().isEmpty()) {
            throw JinjaException.type("range() takes no keyword arguments");
        } else if (count == 0 || count > 3) {
            throw JinjaException.type(
                    "range expected at " + (count == 0 ? "least 1 argument" : "most 3 arguments") + ", got " + count);
        }
        long first = Numbers.toLong(call.arg(0));
        return count == 1
                ? new Range(0, first, 1)
                : new Range(first, Numbers.toLong(call.arg(1)), count == 3 ? Numbers.toLong(call.arg(2)) : 1);
    }

    private static PyDict dict(Arguments a) {
        PyDict result = a.isMissing(0) ? new PyDict() : DictMethods.from(a.get(0));
        result.putAll(a.keywords());
        return result;
    }

    /** Jinja's {@code cycler}. */
    private static final class Cycler implements JinjaObject {
        private final PyList items;
        private int at;

        Cycler(PyList items) {
            if (items.isEmpty()) {
                throw new JinjaException(JinjaException.Kind.RUNTIME, "at least one item has to be provided");
            }
            this.items = items;
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "current" -> items.get(at);
                case "next" ->
                    Functional.of("next", call -> {
                        Object current = items.get(at);
                        at = (at + 1) % items.size();
                        return current;
                    });
                case "reset" ->
                    Functional.of("reset", call -> {
                        at = 0;
                        return None.NONE;
                    });
                default -> missing(name);
            };
        }
    }

    /** Jinja's {@code joiner}: nothing the first time, the separator from then on. */
    private static final class Joiner implements JinjaObject, Callable {
        private final Object separator;
        private boolean used;

        Joiner(Object separator) {
            this.separator = separator;
        }

        @Override
        public Object call(Call call) {
            Object result = used ? separator : "";
            used = true;
            return result;
        }

        @Override
        public Object attribute(String name) {
            return name.equals("sep") ? separator : missing(name);
        }
    }
}
