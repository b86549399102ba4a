package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import dev.millrace.jinja.Undefined;

/** The statements that make macros: {@code macro} and {@code call}. */
public final class Macros {
    private Macros() {}

    /** {@code {% macro %}}: binds the macro to its name in the scope around it. */
    public static final class Define extends Stmt {
        private final MacroCode code;
        private final int slot;

        public Define(MacroCode code, int slot) {
            this.code = code;
            this.slot = slot;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            frame.slots[slot] = new MacroValue(code, frame);
            return Flow.NORMAL;
        }
    }

    /** {@code {% call(args) callee(…) %}body{% endcall %}}. */
    public static final class CallBlock extends Stmt {
        private final Invoke call;
        private final MacroCode body;
        private final Position position;

        public CallBlock(Invoke call, MacroCode body, Position position) {
            this.call = call;
            this.body = body;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            try {
                Object value = call.eval(frame, new MacroValue(body, frame));
                if (!(value instanceof Undefined)) {
                    out.value(value);
                }
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return Flow.NORMAL;
        }
    }
}
