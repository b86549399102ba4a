package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.value.Truth;
import org.jspecify.annotations.Nullable;

/** {@code value|filter(…)} and {@code value is test(…)}. */
public final class Filtered {
    private Filtered() {}

    /** A filter. One that was not found is an error only when it runs, which a branch not taken never does. */
    public static final class Filter extends Expr {
        private final Expr value;
        private final String name;
        private final @Nullable Callable filter;
        private final Arguments arguments;
        private final Position position;

        public Filter(Expr value, String name, @Nullable Callable filter, Arguments arguments, Position position) {
            this.value = value;
            this.name = name;
            this.filter = filter;
            this.arguments = arguments;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            return apply(filter, "filter", name, value.eval(frame), arguments, frame, position);
        }
    }

    /** A test, negated or not. */
    public static final class Test extends Expr {
        private final Expr value;
        private final String name;
        private final @Nullable Callable test;
        private final Arguments arguments;
        private final Position position;

        public Test(Expr value, String name, @Nullable Callable test, Arguments arguments, Position position) {
            this.value = value;
            this.name = name;
            this.test = test;
            this.arguments = arguments;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            return truth(frame);
        }

        @Override
        boolean truth(Frame frame) {
            return Truth.of(apply(test, "test", name, value.eval(frame), arguments, frame, position));
        }
    }

    /** The value a filter block or a set block with filters works on. */
    public static final class Input extends Expr {
        private final int slot;

        public Input(int slot) {
            this.slot = slot;
        }

        @Override
        Object eval(Frame frame) {
            Object value = frame.slots[slot];
            return value == null ? "" : value;
        }
    }

    private static Object apply(
            @Nullable Callable function,
            String what,
            String name,
            Object value,
            Arguments arguments,
            Frame frame,
            Position position) {
        try {
            if (function == null) {
                throw new JinjaException(JinjaException.Kind.RUNTIME, "No " + what + " named '" + name + "' found.");
            }
            return function.call(arguments.evaluate(frame, value, null, position));
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
    }
}
