package dev.millrace.orchestrate.internal.step;

import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.RunRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells the programs it starts, and the templates it renders.
 *
 * @param folder the project's
 * @param variables of the environment: that of this process, and {@code MILLRACE_…}
 */
public record RunEnvironment(Path folder, Map<String, String> variables) {
    public RunEnvironment {
        variables = Map.copyOf(variables);
    }

    public static RunEnvironment of(Project project, String pipeline, RunRequest request) {
        Map<String, String> variables = new LinkedHashMap<>(project.invocation().environment());
        variables.put("MILLRACE_PROJECT", project.name());
        variables.put("MILLRACE_TARGET", project.target().name());
        variables.put("MILLRACE_PIPELINE", pipeline);
        request.interval().ifPresent(interval -> {
            variables.put("MILLRACE_LOGICAL_DATE", interval.start().toString());
            variables.put("MILLRACE_DATA_INTERVAL_START", interval.start().toString());
            variables.put("MILLRACE_DATA_INTERVAL_END", interval.end().toString());
        });
        return new RunEnvironment(project.root(), variables);
    }

    /** The variables that templates see; those a pipeline or a request sets itself win. */
    public static Map<String, @Nullable Object> vars(
            Optional<DataInterval> interval,
            Map<String, @Nullable Object> ofPipeline,
            Map<String, @Nullable Object> ofRequest) {
        Map<String, @Nullable Object> vars = new LinkedHashMap<>();
        interval.ifPresent(span -> {
            vars.put("logical_date", span.start().toString());
            vars.put("data_interval_start", span.start().toString());
            vars.put("data_interval_end", span.end().toString());
        });
        vars.putAll(ofPipeline);
        vars.putAll(ofRequest);
        return vars;
    }
}
