package dev.millrace.transform.internal.context;

import dev.millrace.core.project.Vars;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Parameters;
import dev.millrace.jinja.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code var('name', default)} as the templates of one package see it. Thread-safe. */
final class VarFunction implements Callable, JinjaObject {
    private static final Parameters PARAMETERS = Parameters.of("var", "name, default=...");

    private final String packageName;
    private final Vars project;
    private final Vars own;

    /** @param packageVars the package's own {@code vars:}, which count when the project says nothing */
    VarFunction(String packageName, Vars project, Map<String, @Nullable Object> packageVars) {
        this.packageName = packageName;
        this.project = project;
        this.own = new Vars(Map.of(), packageVars);
    }

    @Override
    public Object call(Call call) {
        Arguments arguments = PARAMETERS.bind(call);
        String name = arguments.string(0);
        if (project.has(packageName, name)) {
            return Values.fromJava(project.value(packageName, name));
        }
        if (own.has(packageName, name)) {
            return Values.fromJava(own.value(packageName, name));
        }
        if (arguments.isMissing(1)) {
            throw project.missing(name);
        }
        return arguments.get(1);
    }

    @Override
    public String callableName() {
        return "var";
    }

    @Override
    public Object attribute(String name) {
        if (name.equals("has_var")) {
            return Functions.of(
                    "has_var", "name", a -> project.has(packageName, a.string(0)) || own.has(packageName, a.string(0)));
        }
        return missing(name);
    }
}
