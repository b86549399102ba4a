package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.internal.library.Access;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.Methods;
import org.jspecify.annotations.Nullable;

/** A call. */
public final class Invoke extends Expr {
    private final Expr callee;
    private final Arguments arguments;
    private final Position position;

    public Invoke(Expr callee, Arguments arguments, Position position) {
        this.callee = callee;
        this.arguments = arguments;
        this.position = position;
    }

    /** The plain name that is called, or null when the callee is anything else. */
    public @Nullable String plainName() {
        return callee instanceof Name name ? name.name() : null;
    }

    public Arguments arguments() {
        return arguments;
    }

    @Override
    Object eval(Frame frame) {
        return eval(frame, null);
    }

    Object eval(Frame frame, @Nullable Callable caller) {
        if (callee instanceof Member.Attribute attribute) {
            return method(attribute, frame, caller);
        }
        Object function = callee.eval(frame);
        try {
            return Access.call(function, arguments.evaluate(frame, null, caller, position));
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
    }

    private Object method(Member.Attribute attribute, Frame frame, @Nullable Callable caller) {
        Object self = attribute.target.eval(frame);
        try {
            Method method = self instanceof JinjaObject ? null : Methods.find(self, attribute.name);
            if (method != null) {
                Call call = arguments.evaluate(frame, null, caller, position);
                return method.call(self, call);
            }
            Object function = Access.attribute(self, attribute.name);
            return Access.call(function, arguments.evaluate(frame, null, caller, position));
        } catch (RuntimeException e) {
            throw Failure.at(e, position);
        }
    }
}
