package dev.millrace.orchestrate.internal.step;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.yaml.YamlMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs a command line in the system's shell. What it prints becomes the run's log, its last line the step's message; an
 * exit code other than 0 is an error.
 *
 * @param environment complete
 */
public record ShellStep(String command, Path folder, Map<String, String> environment) implements Step {
    private static final int LONGEST_MESSAGE = 200;

    /** @param rendered holds {@code shell}, and if wanted {@code env} and {@code working_dir} */
    public static ShellStep of(YamlMap rendered, RunEnvironment run) {
        Map<String, String> environment = new LinkedHashMap<>(run.variables());
        rendered.map("env")
                .ifPresent(own -> own.keys()
                        .forEach(name -> environment.put(name, own.string(name).orElse(""))));
        Path folder = rendered.string("working_dir").map(run.folder()::resolve).orElse(run.folder());
        return new ShellStep(rendered.requireString("shell"), folder, environment);
    }

    @Override
    public StepResult run(StepContext context) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        ProcessBuilder builder = new ProcessBuilder(
                        windows ? List.of("cmd", "/c", command) : List.of("/bin/sh", "-c", command))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("MILLRACE_RUN_ID", context.runId());
        Process process = builder.start();
        process.getOutputStream().close();
        ProcessTree tree = new ProcessTree(process);
        try (var ignored = context.onCancel(tree::end)) {
            String last = log(process, context);
            int code = process.waitFor();
            if (code != 0) {
                throw new MillraceException(
                        ErrorCode.STEP_FAILED,
                        "the command ended with exit code " + code + (last.isEmpty() ? "" : ": " + last));
            }
            return StepResult.success(last);
        } finally {
            tree.end();
        }
    }

    private static String log(Process process, StepContext context) throws IOException {
        String last = "";
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                context.log(LogLevel.INFO, line);
                last = line.isBlank() ? last : line.strip();
            }
        }
        return last.length() > LONGEST_MESSAGE ? last.substring(0, LONGEST_MESSAGE) + "…" : last;
    }
}
