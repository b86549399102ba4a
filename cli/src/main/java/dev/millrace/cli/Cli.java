package dev.millrace.cli;

import dev.millrace.cli.console.JsonConsole;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. Nothing it does ends the process. */
final class Cli {
    private final Surroundings surroundings;

    Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @return the exit code */
    int run(List<String> arguments) {
        Millrace millrace = new Millrace(surroundings);
        CommandLine line = configured(Commands.commandLine(millrace, arguments), millrace);
        if (arguments.isEmpty()) {
            line.usage(line.getOut());
            return ExitCode.OK;
        }
        return line.execute(arguments.toArray(String[]::new));
    }

    private CommandLine configured(CommandLine line, Millrace millrace) {
        boolean colour = surroundings.style(false, false).colour();
        String columns = surroundings.environment().getOrDefault("COLUMNS", "");
        int width = columns.matches("\\d{2,3}") ? Math.max(55, Integer.parseInt(columns)) : 100;
        return line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(colour ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(width)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setAbbreviatedSubcommandsAllowed(false)
                .setPosixClusteredShortOptionsAllowed(true)
                .setParameterExceptionHandler((problem, arguments) -> unusable(millrace, problem, arguments))
                .setExecutionExceptionHandler((problem, command, parsed) -> failed(millrace, problem));
    }

    private int unusable(Millrace millrace, ParameterException problem, String[] arguments) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && problem.getCommandLine().getParent() == null) {
            return unknownCommand(millrace, unmatched, arguments);
        }
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = problem.getMessage();
        if (problem instanceof MissingParameterException && command.getParent() == null) {
            message = "no command is given";
        }
        return failed(
                millrace,
                new MillraceException(
                        ErrorCode.USAGE,
                        lowerFirst(message),
                        null,
                        suggestion(problem) + "See '" + name + " --help'.",
                        null));
    }

    /** The command line knows only the commands that its words name; the suggestion wants them all. */
    private int unknownCommand(Millrace millrace, UnmatchedArgumentException unmatched, String[] arguments) {
        try {
            Commands.withAll(new Millrace(surroundings)).parseArgs(arguments);
        } catch (UnmatchedArgumentException complete) {
            String word = complete.getUnmatched().get(0);
            String what = word.startsWith("-") ? "option" : "command";
            return failed(
                    millrace,
                    new MillraceException(
                            ErrorCode.USAGE,
                            "unknown " + what + " '" + word + "'",
                            null,
                            suggestion(complete) + "See 'millrace --help'.",
                            null));
        } catch (ParameterException other) {
            return failed(millrace, new MillraceException(ErrorCode.USAGE, lowerFirst(other.getMessage())));
        }
        return failed(millrace, new MillraceException(ErrorCode.USAGE, lowerFirst(unmatched.getMessage())));
    }

    private static String suggestion(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        List<String> near = unmatched.getSuggestions().stream()
                .map(String::trim)
                .distinct()
                .limit(3)
                .toList();
        return near.isEmpty()
                ? ""
                : "Did you mean "
                        + String.join(
                                " or ",
                                near.stream().map(text -> "'" + text + "'").toList()) + "? ";
    }

    private int failed(Millrace millrace, Exception problem) {
        MillraceException known = problem instanceof MillraceException millraceProblem
                ? millraceProblem
                : new MillraceException(
                        ErrorCode.INTERNAL,
                        problem.getClass().getSimpleName()
                                + (problem.getMessage() == null ? "" : ": " + problem.getMessage()),
                        null,
                        "This is a defect of Millrace: run again with --debug and report the stack trace.",
                        problem);
        surroundings.out().flush();
        if (json(millrace)) {
            new JsonConsole(surroundings.out(), LogLevel.ERROR, surroundings.clock()).failed(known);
        } else {
            millrace.errors().lines(known).forEach(surroundings.err()::println);
        }
        if (millrace.settings().debug()) {
            known.printStackTrace(surroundings.err());
        }
        // Only what the data or the SQL says counts as having run.
        return known.code().category() == ErrorCode.Category.DATA ? ExitCode.FAILED : ExitCode.UNUSABLE;
    }

    private static boolean json(Millrace millrace) {
        try {
            return millrace.settings().logFormat() == LogFormat.JSON;
        } catch (MillraceException e) {
            return false;
        }
    }

    private static String lowerFirst(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "the command line is wrong";
        }
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
