package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.context.TemplateErrors;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls one macro with arguments. What it leaves uncommitted is rolled back, as in dbt. */
public final class MacroStep implements Step {
    private final RunEnvironment runtime;
    private final Macro macro;
    private final Map<String, @Nullable Object> arguments;
    private final Resource operation;

    /**
     * @param name a macro of the project, or {@code package.macro}
     * @throws MillraceException MACRO_NOT_FOUND
     */
    public MacroStep(RunEnvironment runtime, String name, Map<String, @Nullable Object> arguments) {
        this.runtime = runtime;
        this.arguments = new LinkedHashMap<>(arguments);
        DbtPackage root = runtime.project().packages().values().iterator().next();
        this.macro = find(runtime.project().macros(), name, root.name());
        this.operation = Operations.of(
                runtime.project().packages().getOrDefault(macro.packageName(), root),
                macro.name(),
                new RelationName(
                        "", runtime.project().database(), runtime.project().schema(), macro.name()),
                macro.position());
    }

    private static Macro find(Macros macros, String name, String root) {
        int dot = name.indexOf('.');
        Macro found =
                dot < 0 ? macros.find(name, root) : macros.inPackage(name.substring(0, dot), name.substring(dot + 1));
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.MACRO_NOT_FOUND,
                    "there is no macro '" + name + "'",
                    null,
                    Suggestion.hint(name, macros.namesFor(root)),
                    null);
        }
        return found;
    }

    public Position position() {
        return macro.position();
    }

    /** The macro's package and name. */
    public List<String> name() {
        return List.of(macro.packageName(), macro.name());
    }

    @Override
    public StepResult run(StepContext step) {
        Instant begin = Instant.now();
        try (Connection connection =
                        new Connection(() -> runtime.warehouse().open(), text -> step.log(LogLevel.INFO, text));
                var ignored = step.onCancel(connection::cancel)) {
            Execution execution =
                    new Execution(runtime, operation, connection, runtime.relations(step.runId()), step::log, false);
            Map<String, Object> values = new LinkedHashMap<>();
            arguments.forEach((key, value) -> values.put(key, Values.fromJava(value)));
            execution.context().bind(macro).call(Call.of(List.of(), values));
            return StepResult.success("OK")
                    .with("timing", NodeStep.timing(begin, begin, Instant.now()))
                    .with("adapter_response", Map.of());
        } catch (JinjaException e) {
            throw TemplateErrors.of(e, macro.position(), runtime.project(), macro.packageName());
        } catch (MillraceException e) {
            throw e.position().isPresent() ? e : e.at(macro.position());
        }
    }
}
