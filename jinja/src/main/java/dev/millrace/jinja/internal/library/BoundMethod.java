package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.internal.value.Types;

/** A method taken off its object without being called, as in {@code {% set add = list.append %}}. */
public record BoundMethod(Object self, String name, Method method) implements Callable {
    @Override
    public Object call(Call call) {
        return method.call(self, call);
    }

    @Override
    public String callableName() {
        return name;
    }

    @Override
    public String toString() {
        return "<built-in method " + name + " of " + Types.name(self) + " object>";
    }
}
