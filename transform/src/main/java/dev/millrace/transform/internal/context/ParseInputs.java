package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Values;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

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

    private final Map<String, String> environment;
    private final Set<String> variables = new ConcurrentSkipListSet<>();
    private volatile boolean passing;

    ParseInputs(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The environment variables that were asked for, each with its value; null for one that is not set. */
    public Map<String, @Nullable String> environment() {
        Map<String, @Nullable String> read = new TreeMap<>();
        variables.forEach(name -> read.put(name, environment.get(name)));
        return read;
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
