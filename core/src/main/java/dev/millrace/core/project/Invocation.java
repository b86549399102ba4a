package dev.millrace.core.project;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asked for, as far as it changes what a project means.
 *
 * @param command such as {@code build}
 * @param vars from {@code --vars}; they win over those of the project file
 * @param threads from {@code --threads}
 * @param environment what {@code env_var()} sees
 * @param flags what else was asked for, under the names that templates find it by in dbt's {@code flags}:
 *     {@code STORE_FAILURES}, {@code EVENT_TIME_START}; only what was said
 */
public record Invocation(
        String command,
        Path projectDir,
        Optional<Path> profilesDir,
        Optional<String> profile,
        Optional<String> target,
        Map<String, @Nullable Object> vars,
        Optional<Integer> threads,
        boolean fullRefresh,
        Map<String, String> environment,
        Map<String, Object> flags) {
    public Invocation {
        vars = new LinkedHashMap<>(vars);
        environment = Map.copyOf(environment);
        flags = Map.copyOf(flags);
    }

    /** With no flags. */
    public Invocation(
            String command,
            Path projectDir,
            Optional<Path> profilesDir,
            Optional<String> profile,
            Optional<String> target,
            Map<String, @Nullable Object> vars,
            Optional<Integer> threads,
            boolean fullRefresh,
            Map<String, String> environment) {
        this(command, projectDir, profilesDir, profile, target, vars, threads, fullRefresh, environment, Map.of());
    }

    /** {@code command} in {@code projectDir} with nothing else said. */
    public static Invocation of(String command, Path projectDir) {
        return new Invocation(
                command,
                projectDir,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                System.getenv());
    }

    public Invocation withTarget(String name) {
        return new Invocation(
                command,
                projectDir,
                profilesDir,
                profile,
                Optional.of(name),
                vars,
                threads,
                fullRefresh,
                environment,
                flags);
    }

    public Invocation withVars(Map<String, @Nullable Object> values) {
        return new Invocation(
                command, projectDir, profilesDir, profile, target, values, threads, fullRefresh, environment, flags);
    }

    public Invocation withFullRefresh() {
        return new Invocation(
                command, projectDir, profilesDir, profile, target, vars, threads, true, environment, flags);
    }

    public Invocation withFlags(Map<String, Object> values) {
        return new Invocation(
                command, projectDir, profilesDir, profile, target, vars, threads, fullRefresh, environment, values);
    }
}
