package dev.millrace.cli;

import dev.millrace.cli.console.Consoles;
import dev.millrace.cli.console.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a command runs: its streams, its environment, its working directory.
 *
 * @param terminal whether {@code out} is a terminal
 * @param workingDir absolute
 */
record Surroundings(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Map<String, String> environment,
        Path workingDir,
        Clock clock) {
    private static final String ENGINE = "DBT_ENGINE_";

    Surroundings {
        environment = Map.copyOf(withEngineNames(environment));
    }

    /** dbt's newer names of its variables, {@code DBT_ENGINE_THREADS}, mean the same as the old ones and win. */
    private static Map<String, String> withEngineNames(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        variables.forEach((name, value) -> {
            if (name.startsWith(ENGINE)) {
                all.put("DBT_" + name.substring(ENGINE.length()), value);
            }
        });
        return all;
    }

    /**
     * Those of this process. The launcher says whether the output is a terminal, for the JVM sees only both ends at
     * once.
     */
    static Surroundings ofProcess() {
        return new Surroundings(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean("millrace.terminal"),
                System.getenv(),
                Path.of("").toAbsolutePath().normalize(),
                Clock.systemUTC());
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Colours when the output is a terminal that wants them, or when they are asked for. */
    Style style(boolean asked, boolean refused) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        String noColor = environment.get("NO_COLOR");
        boolean unwanted = noColor != null && !noColor.isEmpty();
        boolean colour = !refused && (asked || (terminal && !dumb && !unwanted));
        return new Style(colour, !terminal || Consoles.unicode(environment));
    }

    /** {@code path} as it was typed, from the working directory on. */
    Path resolve(Path path) {
        return workingDir.resolve(path).normalize();
    }

    /** The same with further variables. */
    Surroundings withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new Surroundings(out, err, terminal, all, workingDir, clock);
    }
}
