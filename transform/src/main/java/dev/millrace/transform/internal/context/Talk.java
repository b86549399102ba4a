package dev.millrace.transform.internal.context;

import dev.millrace.core.run.LogLevel;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.Values;
import java.util.Map;

/** The functions with which a template speaks: {@code log}, {@code print}, {@code exceptions.warn}, {@code debug}. */
public final class Talk {
    private Talk() {}

    public static Globals asGlobals(Log log) {
        return Globals.of(Map.of(
                "log",
                Functions.of("log", "msg, info=False", a -> {
                    log.write(a.truth(1) ? LogLevel.INFO : LogLevel.DEBUG, Values.str(a.get(0)));
                    return "";
                }),
                "print",
                Functions.of("print", "msg", a -> {
                    log.write(LogLevel.INFO, Values.str(a.get(0)));
                    return "";
                }),
                "debug",
                Functions.of("debug", "", a -> ""),
                "exceptions",
                ExceptionNames.of(log)));
    }
}
