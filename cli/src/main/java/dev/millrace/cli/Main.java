package dev.millrace.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The program {@code millrace}. */
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        boolean versionOnly = words.size() == 1
                && (words.get(0).equals("--version") || words.get(0).equals("-V"));
        int code;
        if (versionOnly) {
            System.out.println("millrace " + Version.number());
            code = ExitCode.OK;
        } else {
            code = new Cli(Surroundings.ofProcess()).run(words);
        }
        System.out.flush();
        System.exit(code);
    }

    /**
     * Runs a command in {@code folder} without a sound.
     *
     * @return the exit code
     */
    public static int rehearse(Path folder, List<String> arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Cli(new Surroundings(nowhere, nowhere, false, Map.of(), folder, Clock.systemUTC())).run(arguments);
    }
}
