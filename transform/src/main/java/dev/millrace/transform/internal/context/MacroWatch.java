package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.transform.internal.macro.Macro;
import java.util.LinkedHashSet;
import java.util.Set;

/** Notes which macros a template calls itself, leaving out those its macros call. Not thread-safe. */
public final class MacroWatch {
    private final Set<String> called = new LinkedHashSet<>();
    private int depth;

    /** Notes a macro that is called on behalf of the template. */
    public void add(Macro macro) {
        called.add(macro.uniqueId());
    }

    Callable watch(Macro macro, Callable callable) {
        return new Callable() {
            @Override
            public Object call(Call call) {
                if (depth == 0) {
                    add(macro);
                }
                depth++;
                try {
                    return callable.call(call);
                } finally {
                    depth--;
                }
            }

            @Override
            public String callableName() {
                return macro.name();
            }
        };
    }

    public Set<String> called() {
        return called;
    }
}
