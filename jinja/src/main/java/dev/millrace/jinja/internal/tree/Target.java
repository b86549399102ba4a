package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.library.Namespace;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Types;
import java.util.List;

/** What can stand left of an assignment. */
public abstract class Target {
    abstract void assign(Frame frame, Object value);

    /** A variable of the current function. */
    public static final class Variable extends Target {
        private final int slot;

        public Variable(int slot) {
            this.slot = slot;
        }

        @Override
        void assign(Frame frame, Object value) {
            frame.slots[slot] = value;
        }
    }

    /** {@code ns.attribute} of a namespace. */
    public static final class Member extends Target {
        private final Name namespace;
        private final String attribute;

        public Member(Name namespace, String attribute) {
            this.namespace = namespace;
            this.attribute = attribute;
        }

        @Override
        void assign(Frame frame, Object value) {
            Object target = namespace.eval(frame);
            if (!(target instanceof Namespace space)) {
                throw new JinjaException(
                        JinjaException.Kind.RUNTIME, "cannot assign attribute on non-namespace object");
            } else {
                space.set(attribute, value);
            }
        }
    }

    /** {@code a, (b, c)}: takes an iterable apart. */
    public static final class Unpack extends Target {
        private final Target[] parts;

        public Unpack(List<Target> parts) {
            this.parts = parts.toArray(Target[]::new);
        }

        @Override
        void assign(Frame frame, Object value) {
            if (value instanceof Undefined undefined) {
                throw undefined.error();
            } else if (!Iteration.isIterable(value)) {
                throw JinjaException.type("cannot unpack non-iterable " + Types.name(value) + " object");
            }
            PyList values = Iteration.list(value);
            if (values.size() < parts.length) {
                throw JinjaException.value(
                        "not enough values to unpack (expected " + parts.length + ", got " + values.size() + ")");
            } else if (values.size() > parts.length) {
                throw JinjaException.value("too many values to unpack (expected " + parts.length + ")");
            }
            for (int i = 0; i < parts.length; i++) {
                parts[i].assign(frame, values.get(i));
            }
        }
    }
}
