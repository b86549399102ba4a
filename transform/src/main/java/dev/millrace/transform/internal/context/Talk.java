package dev.millrace.transform.internal.context;

import dev.millrace.core.graph.LogLevel;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.Methods;
import org.jspecify.annotations.Nullable;

/** The functions with which a template speaks: {@code log}, {@code print}, {@code debug}, {@code exceptions.warn}. */
public final class Talk implements Globals {
    private static final Methods<Talk> METHODS = new Methods<Talk>()
            .add("log", "msg, info=False", (self, a) -> self.say(a.truth(1) ? LogLevel.INFO : LogLevel.DEBUG, a))
            .add("print", "msg", (self, a) -> self.say(LogLevel.INFO, a))
            .add("debug", "", (self, a) -> "");

    private final Log log;

    public Talk(Log log) {
        this.log = log;
    }

    private Object say(LogLevel level, Arguments a) {
        log.write(level, Values.str(a.get(0)));
        return "";
    }

    @Override
    public @Nullable Object lookup(String name) {
        return name.equals("exceptions") ? ExceptionNames.of(log) : METHODS.bind(this, name);
    }
}
