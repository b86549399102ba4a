package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names every template of a project may use: {@code env_var}, {@code var} and, once it is known, {@code target}.
 */
final class ProjectGlobals {
    private ProjectGlobals() {}

    static Globals of(Map<String, String> environment, Vars vars, String projectName, @Nullable Target target) {
        Map<String, Object> names = new HashMap<>();
        names.put("env_var", Functions.of("env_var", "var, default=...", arguments -> {
            String name = arguments.string(0);
            String value = environment.get(name);
            if (value != null) {
                return value;
            }
            if (arguments.isMissing(1)) {
                throw new MillraceException(
                        ErrorCode.ENV_VAR_MISSING,
                        "environment variable '" + name + "' is not set",
                        null,
                        "Set it, or give a default: env_var('" + name + "', '…').",
                        null);
            }
            return arguments.get(1);
        }));
        names.put("var", Functions.of("var", "name, default=...", arguments -> {
            String name = arguments.string(0);
            if (vars.has(projectName, name)) {
                return Values.fromJava(vars.value(projectName, name));
            }
            if (arguments.isMissing(1)) {
                throw vars.missing(name);
            }
            return arguments.get(1);
        }));
        if (target != null) {
            names.put("target", Values.fromJava(targetValues(target)));
        }
        return Globals.of(names);
    }

    /** What templates see as {@code target}: every setting of the output but secrets. */
    private static Map<String, @Nullable Object> targetValues(Target target) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        target.settings().toJava().forEach((key, value) -> {
            if (!Target.isSecret(key)) {
                values.put(key, value);
            }
        });
        values.put("name", target.name());
        values.put("target_name", target.name());
        values.put("profile_name", target.profile());
        values.put("type", target.type());
        values.put("threads", (long) target.threads());
        return values;
    }
}
