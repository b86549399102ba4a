package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;

/** {@code ref} or {@code source}. In dbt they carry the settings of the project, and packages read them there. */
record Resolver(Callable function, RuntimeConfig config) implements Callable, JinjaObject {
    @Override
    public Object call(Call call) {
        return function.call(call);
    }

    @Override
    public String callableName() {
        return function.callableName();
    }

    @Override
    public Object attribute(String name) {
        return name.equals("config") ? config : missing(name);
    }
}
