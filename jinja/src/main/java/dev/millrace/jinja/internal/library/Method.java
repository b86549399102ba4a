package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Call;

/** A method of a built-in type. */
@FunctionalInterface
public interface Method {
    Object call(Object self, Call call);
}
