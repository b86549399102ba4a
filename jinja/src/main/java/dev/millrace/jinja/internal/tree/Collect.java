package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** List, tuple and dict displays. */
public final class Collect {
    private Collect() {}

    public static Expr list(List<Expr> elements) {
        return new Sequence(elements.toArray(Expr[]::new), false);
    }

    public static Expr tuple(List<Expr> elements) {
        return new Sequence(elements.toArray(Expr[]::new), true);
    }

    public static Expr dict(List<Expr> keys, List<Expr> values) {
        return new Pairs(keys.toArray(Expr[]::new), values.toArray(Expr[]::new));
    }

    private static final class Sequence extends Expr {
        private final Expr[] elements;
        private final boolean tuple;

        Sequence(Expr[] elements, boolean tuple) {
            this.elements = elements;
            this.tuple = tuple;
        }

        @Override
        Object eval(Frame frame) {
            if (tuple) {
                Object[] values = new Object[elements.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = elements[i].eval(frame);
                }
                return PyTuple.of(values);
            }
            PyList list = new PyList();
            for (Expr element : elements) {
                list.add(element.eval(frame));
            }
            return list;
        }

        @Override
        public @Nullable Object literal() {
            PyList list = new PyList();
            for (Expr element : elements) {
                Object value = element.literal();
                if (value == null) {
                    return null;
                }
                list.add(value);
            }
            return tuple ? PyTuple.copyOf(list) : list;
        }
    }

    private static final class Pairs extends Expr {
        private final Expr[] keys;
        private final Expr[] values;

        Pairs(Expr[] keys, Expr[] values) {
            this.keys = keys;
            this.values = values;
        }

        @Override
        Object eval(Frame frame) {
            PyDict dict = new PyDict();
            for (int i = 0; i < keys.length; i++) {
                dict.put(keys[i].eval(frame), values[i].eval(frame));
            }
            return dict;
        }

        @Override
        public @Nullable Object literal() {
            PyDict dict = new PyDict();
            for (int i = 0; i < keys.length; i++) {
                Object key = keys[i].literal();
                Object value = values[i].literal();
                boolean simple = key instanceof String || key instanceof Long || key instanceof Boolean;
                if (key == null || value == null || !simple) {
                    return null;
                }
                dict.put(key, value);
            }
            return dict;
        }
    }
}
