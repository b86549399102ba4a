package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which step comes after which. */
public final class StepOrder {
    private StepOrder() {}

    static void check(YamlMap pipeline, List<PipelineStep> steps) {
        Problems problems = new Problems();
        if (steps.isEmpty()) {
            problems.add(new MillraceException(
                    ErrorCode.CONFIG_INVALID, "'steps' is empty", pipeline.positionOf("steps"), null, null));
        }
        Map<String, PipelineStep> known = new HashMap<>();
        for (PipelineStep step : steps) {
            PipelineStep other = known.putIfAbsent(step.name(), step);
            if (other != null) {
                problems.add(new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        "two steps are named '" + step.name() + "'; the other stands at " + other.position(),
                        step.position(),
                        "Rename one of them.",
                        null));
            }
        }
        for (PipelineStep step : steps) {
            for (String input : step.dependsOn()) {
                if (!known.containsKey(input)) {
                    problems.add(new MillraceException(
                            ErrorCode.REF_NOT_FOUND,
                            "step '" + step.name() + "' depends on '" + input + "', which is no step of the pipeline",
                            step.position(),
                            Suggestion.hint(input, known.keySet()),
                            null));
                }
            }
        }
        problems.throwIfAny();
        sorted(steps);
    }

    /** Each step after those it depends on. */
    public static List<PipelineStep> sorted(List<PipelineStep> steps) {
        List<PipelineStep> sorted = new ArrayList<>();
        Set<String> done = new LinkedHashSet<>();
        List<PipelineStep> open = new ArrayList<>(steps);
        while (!open.isEmpty()) {
            List<PipelineStep> ready = open.stream()
                    .filter(step -> done.containsAll(step.dependsOn()))
                    .toList();
            if (ready.isEmpty()) {
                throw new MillraceException(
                        ErrorCode.GRAPH_CYCLE,
                        "steps depend on each other in a circle: "
                                + String.join(
                                        ", ",
                                        open.stream().map(PipelineStep::name).toList()),
                        open.get(0).position(),
                        "Remove one of their 'depends_on'.",
                        null);
            }
            ready.forEach(step -> done.add(step.name()));
            sorted.addAll(ready);
            open.removeAll(ready);
        }
        return sorted;
    }
}
