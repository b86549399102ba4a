package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Position;
import java.util.List;

/** The statements without a body: text, print, do, break, continue. */
public final class Simple {
    public static final Stmt BREAK = new Jump(Flow.BREAK);
    public static final Stmt CONTINUE = new Jump(Flow.CONTINUE);

    private Simple() {}

    private static final class Jump extends Stmt {
        private final Flow flow;

        Jump(Flow flow) {
            this.flow = flow;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            return flow;
        }
    }

    /** Literal text. */
    public static final class Text extends Stmt {
        private final String text;

        public Text(String text) {
            this.text = text;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            out.text(text);
            return Flow.NORMAL;
        }
    }

    /** {@code {{ expression }}}. */
    public static final class Print extends Stmt {
        private final Expr expression;
        private final Position position;

        public Print(Expr expression, Position position) {
            this.expression = expression;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            try {
                out.value(expression.eval(frame));
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return Flow.NORMAL;
        }
    }

    /** {@code {% do expression %}}. */
    public static final class Do extends Stmt {
        private final Expr expression;
        private final Position position;

        public Do(Expr expression, Position position) {
            this.expression = expression;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            try {
                expression.eval(frame);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
            return Flow.NORMAL;
        }
    }

    /** {@code {% if %} … {% elif %} … {% else %} … {% endif %}}; the bodies share the scope around them. */
    public static final class If extends Stmt {
        private final Expr[] tests;
        private final Stmt[] bodies;
        private final Stmt otherwise;
        private final Position position;

        public If(List<Expr> tests, List<Stmt> bodies, Stmt otherwise, Position position) {
            this.tests = tests.toArray(Expr[]::new);
            this.bodies = bodies.toArray(Stmt[]::new);
            this.otherwise = otherwise;
            this.position = position;
        }

        @Override
        Flow exec(Frame frame, Output out) {
            for (int i = 0; i < tests.length; i++) {
                if (holds(tests[i], frame)) {
                    return bodies[i].exec(frame, out);
                }
            }
            return otherwise.exec(frame, out);
        }

        private boolean holds(Expr test, Frame frame) {
            try {
                return test.truth(frame);
            } catch (RuntimeException e) {
                throw Failure.at(e, position);
            }
        }
    }
}
