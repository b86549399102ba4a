package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Values;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What templates have asked for that stands in no file of the project: environment variables, and names whose value is
 * another each time. Thread-safe.
 */
public final class ParseInputs {
    /** Values that are another in the next command, or at another time. */
    private static final Set<String> PASSING = Set.of(
            "flags",
            "invocation_args_dict",
            "invocation_id",
            "run_started_at",
            "modules",
            "dbt_metadata_envs",
            "selected_resources");

    private final Set<String> variables = new ConcurrentSkipListSet<>();
    private volatile boolean passing;

    ParseInputs() {}

    /** The environment variables that were asked for, set or not. */
    public Set<String> variables() {
        return Collections.unmodifiableSet(variables);
    }

    /** Whether something was asked for that is another each time. */
    public boolean passing() {
        return passing;
    }

    void asked(String name) {
        if (!passing && PASSING.contains(name)) {
            passing = true;
        }
    }

    /** {@code env_var} that notes what it is asked for. */
    Callable watched(Callable envVar) {
        return new Callable() {
            @Override
            public Object call(Call call) {
                Object name = call.size() > 0 ? call.arg(0) : call.keywords().get("var");
                if (name != null) {
                    variables.add(Values.str(name));
                }
                return envVar.call(call);
            }

            @Override
            public String callableName() {
                return "env_var";
            }
        };
    }
}
