package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.None;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.library.Access;
import dev.millrace.jinja.internal.value.Slice;
import org.jspecify.annotations.Nullable;

/** {@code target.name}, {@code target[key]} and the slices inside the brackets. */
public final class Member {
    private Member() {}

    /** {@code target.name}. */
    public static final class Attribute extends Expr {
        final Expr target;
        final String name;
        final Position position;

        public Attribute(Expr target, String name, Position position) {
            this.target = target;
            this.name = name;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            Object value = target.eval(frame);
            try {
                return Access.attribute(value, name);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
        }
    }

    /** {@code target[key]}. */
    public static final class Item extends Expr {
        private final Expr target;
        private final Expr key;
        private final Position position;

        public Item(Expr target, Expr key, Position position) {
            this.target = target;
            this.key = key;
            this.position = position;
        }

        @Override
        Object eval(Frame frame) {
            Object value = target.eval(frame);
            Object index = key.eval(frame);
            try {
                return Access.item(value, index);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
        }
    }

    /** {@code start:stop:step}, each part optional. */
    public static final class Span extends Expr {
        private final @Nullable Expr start;
        private final @Nullable Expr stop;
        private final @Nullable Expr step;

        public Span(@Nullable Expr start, @Nullable Expr stop, @Nullable Expr step) {
            this.start = start;
            this.stop = stop;
            this.step = step;
        }

        @Override
        Object eval(Frame frame) {
            return new Slice(part(start, frame), part(stop, frame), part(step, frame));
        }

        private static Object part(@Nullable Expr part, Frame frame) {
            return part == null ? None.NONE : part.eval(frame);
        }
    }
}
