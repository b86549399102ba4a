package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code set}, {@code with} and the blocks whose text is taken: {@code set} blocks and {@code filter} blocks. */
public final class Assign {
    private Assign() {}

    /** {@code {% set target = value %}}. */
    public static final class Set extends Stmt {
        private final Target target;
        private final Expr value;
        private final Position position;

        public Set(Target target, Expr value, Position position) {
            this.target = target;
            this.value = value;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            try {
                target.assign(frame, value.eval(frame));
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return Flow.NORMAL;
        }
    }

    /**
     * {@code {% set target | filter %}…{% endset %}} when there is a target, else {@code {% filter … %}…{% endfilter
     * %}}. The body has its own scope; its text goes into {@code inputSlot}, where the filters find it.
     */
    public static final class Captured extends Stmt {
        private final @Nullable Target target;
        private final @Nullable Expr filter;
        private final int inputSlot;
        private final int[] scope;
        private final Stmt body;
        private final Position position;

        public Captured(
                @Nullable Target target,
                @Nullable Expr filter,
                int inputSlot,
                int[] scope,
                Stmt body,
                Position position) {
            this.target = target;
            this.filter = filter;
            this.inputSlot = inputSlot;
            this.scope = scope;
            this.body = body;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            frame.clear(scope);
            Output captured = new Output(frame.run, false);
            Flow flow = body.exec(frame, captured);
            if (flow != Flow.NORMAL) {
                return flow;
            }
            try {
                Object value = captured.text();
                if (filter != null) {
                    frame.slots[inputSlot] = value;
                    value = filter.eval(frame);
                }
                if (target != null) {
                    target.assign(frame, value);
                } else {
                    out.value(value);
                }
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return Flow.NORMAL;
        }
    }

    /** {@code {% with a = x, b = y %}}: the values are computed outside the new scope. */
    public static final class With extends Stmt {
        private final Target[] targets;
        private final Expr[] values;
        private final int[] scope;
        private final Stmt body;
        private final Position position;

        public With(List<Target> targets, List<Expr> values, int[] scope, Stmt body, Position position) {
            this.targets = targets.toArray(Target[]::new);
            this.values = values.toArray(Expr[]::new);
            this.scope = scope;
            this.body = body;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            Object[] results = new Object[values.length];
            try {
                for (int i = 0; i < results.length; i++) {
                    results[i] = values[i].eval(frame);
                }
                frame.clear(scope);
                for (int i = 0; i < results.length; i++) {
                    targets[i].assign(frame, results[i]);
                }
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return body.exec(frame, out);
        }
    }
}
