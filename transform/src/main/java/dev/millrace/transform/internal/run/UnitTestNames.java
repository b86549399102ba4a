package dev.millrace.transform.internal.run;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.Namespace;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays the overrides of a unit test over the names that its model sees. */
final class UnitTestNames {
    private UnitTestNames() {}

    static void lay(UnitTest.Overrides overrides, NodeContext context) {
        Map<String, Map<String, Object>> packages = new LinkedHashMap<>();
        context.set("is_incremental", constant(false));
        overrides.macros().forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                context.set(name, constant(value));
            } else {
                packages.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), constant(value));
            }
        });
        packages.forEach((name, macros) -> {
            Object known = context.lookup(name);
            context.set(name, new Namespace(name, "package '" + name + "' has no macro", key -> {
                Object macro = macros.get(key);
                return macro == null && known instanceof JinjaObject object ? object.attribute(key) : macro;
            }));
        });
        if (!overrides.vars().isEmpty()) {
            context.set("var", new Overridden("var", overrides.vars(), context.lookup("var")));
        }
        if (!overrides.envVars().isEmpty()) {
            context.set("env_var", new Overridden("env_var", overrides.envVars(), context.lookup("env_var")));
        }
    }

    private static Callable constant(@Nullable Object value) {
        Object given = Values.fromJava(value);
        return call -> given;
    }

    /** {@code var} or {@code env_var} with some of its answers replaced. */
    private record Overridden(
            String name,
            Map<String, @Nullable Object> values,
            @Nullable Object other) implements Callable, JinjaObject {
        @Override
        public Object call(Call call) {
            if (call.size() > 0 && values.containsKey(Values.str(call.arg(0)))) {
                return Values.fromJava(values.get(Values.str(call.arg(0))));
            }
            if (other instanceof Callable callable) {
                return callable.call(call);
            }
            throw new IllegalStateException(name + " is no function");
        }

        @Override
        public String callableName() {
            return name;
        }

        @Override
        public Object attribute(String key) {
            if (key.equals("has_var")) {
                return Functions.of("has_var", "name", a -> {
                    Object base = other instanceof JinjaObject object ? object.attribute(key) : null;
                    return values.containsKey(a.string(0))
                            || (base instanceof Callable callable && Values.truth(callable.call(Call.of(a.get(0)))));
                });
            }
            return missing(key);
        }
    }
}
