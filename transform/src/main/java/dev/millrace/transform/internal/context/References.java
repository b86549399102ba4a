package dev.millrace.transform.internal.context;

import dev.millrace.core.Position;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.SourceArgs;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code ref} and {@code source} calls. */
public final class References {
    private References() {}

    /** Reads {@code ref('model')}, {@code ref('package', 'model')} and {@code ref('model', v=2)}. */
    public static RefArgs ref(Call call) {
        if (call.size() < 1 || call.size() > 2) {
            throw JinjaException.type("ref() takes a model's name, or a package's and a model's, but got " + call.size()
                    + " positional arguments");
        }
        Object version = call.keywords().getOrDefault("version", call.keywords().get("v"));
        for (String keyword : call.keywords().keySet()) {
            if (!keyword.equals("v") && !keyword.equals("version")) {
                throw JinjaException.type("ref() got an unexpected keyword argument '" + keyword + "'");
            }
        }
        String name = text("ref", call.arg(call.size() - 1));
        String packageName = call.size() == 2 ? text("ref", call.arg(0)) : null;
        return new RefArgs(packageName, name, plain(version), position(call));
    }

    /** Reads {@code source('source', 'table')}. */
    public static SourceArgs source(Call call) {
        if (call.size() != 2) {
            throw JinjaException.type(
                    "source() takes a source's name and a table's, but got " + call.size() + " positional arguments");
        }
        return new SourceArgs(text("source", call.arg(0)), text("source", call.arg(1)), position(call));
    }

    private static String text(String function, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw JinjaException.type(function + "() takes texts, but got " + Values.repr(value));
    }

    private static @Nullable Object plain(@Nullable Object version) {
        return version == null || version == None.NONE ? null : Values.toJava(version);
    }

    private static Position position(Call call) {
        return new Position(
                call.position().file(), call.position().line(), call.position().column());
    }
}
