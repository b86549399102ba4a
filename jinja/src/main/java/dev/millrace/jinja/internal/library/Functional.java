package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions of the engine that read their arguments themselves, and classes such as {@code dict}. */
public final class Functional {
    private Functional() {}

    public static Callable of(String name, Function<Call, Object> body) {
        return new Callable() {
            @Override
            public Object call(Call call) {
                return body.apply(call);
            }

            @Override
            public String callableName() {
                return name;
            }
        };
    }

    /** A Python class: called, it makes an instance; {@code attributes} answers its class members. */
    public static Callable type(
            String name, String signature, Function<Arguments, Object> maker, Function<String, Object> attributes) {
        return new PyClass(name, Functions.of(name, signature, maker), attributes);
    }

    /** A class without members. */
    public static Callable type(String name, String signature, Function<Arguments, Object> maker) {
        return new PyClass(name, Functions.of(name, signature, maker), null);
    }

    private record PyClass(
            String name, Callable maker, @Nullable Function<String, Object> members) implements Callable, JinjaObject {
        @Override
        public Object call(Call call) {
            return maker.call(call);
        }

        @Override
        public String callableName() {
            return name;
        }

        @Override
        public Object attribute(String attribute) {
            if (attribute.equals("__name__")) {
                return name;
            }
            return members == null ? missing(attribute) : members.apply(attribute);
        }

        @Override
        public String display() {
            return "<class '" + name + "'>";
        }

        @Override
        public String typeName() {
            return "type";
        }
    }
}
