package dev.millrace.orchestrate;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run: a command over a selection, or a pipeline. Immutable.
 *
 * @param command such as {@code build}; {@code pipeline} for a pipeline
 * @param select dbt's selection grammar; empty means everything the command is about
 * @param exclude in the same grammar
 * @param vars win over the project's; plain Java values
 * @param flags in the order of their declaration
 * @param threads how many nodes run at once; empty means the project's
 * @param pipeline the pipeline's name, if it is one
 * @param interval the span of time the run is about, if it has one
 */
public record RunRequest(
        String command,
        List<String> select,
        List<String> exclude,
        Map<String, @Nullable Object> vars,
        Set<RunFlag> flags,
        Optional<Integer> threads,
        Optional<String> pipeline,
        Optional<DataInterval> interval,
        Cause cause) {
    public RunRequest {
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
        EnumSet<RunFlag> ordered = EnumSet.noneOf(RunFlag.class);
        ordered.addAll(flags);
        flags = Collections.unmodifiableSet(ordered);
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    }

    /** {@code command} over {@code select}, asked for by somebody. */
    public static RunRequest of(String command, List<String> select) {
        return new RunRequest(
                command,
                select,
                List.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Cause.MANUAL);
    }

    /** A run of a pipeline. */
    public static RunRequest ofPipeline(String name, Optional<DataInterval> interval, Cause cause) {
        return new RunRequest(
                "pipeline",
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.of(name),
                interval,
                cause);
    }

    public boolean is(RunFlag flag) {
        return flags.contains(flag);
    }

    /** The start of the interval. */
    public Optional<Instant> logicalDate() {
        return interval.map(DataInterval::start);
    }

    public RunRequest withVars(Map<String, @Nullable Object> values) {
        return new RunRequest(command, select, exclude, values, flags, threads, pipeline, interval, cause);
    }

    public RunRequest withCause(Cause other) {
        return new RunRequest(command, select, exclude, vars, flags, threads, pipeline, interval, other);
    }
}
