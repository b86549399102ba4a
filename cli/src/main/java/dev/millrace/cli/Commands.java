package dev.millrace.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The subcommands by name. Picocli reads the annotations of each command it is given, which costs more than all else at
 * start-up; so a command line gets only those it names.
 */
final class Commands {
    private static final List<String> NAMES = List.of(
            "build",
            "plan",
            "ingest",
            "cdc",
            "seed",
            "snapshot",
            "run",
            "test",
            "sync",
            "up",
            "pipeline",
            "backfill",
            "runs",
            "source",
            "docs",
            "run-operation",
            "deps",
            "retry",
            "clone",
            "ls",
            "lineage",
            "check",
            "compile",
            "show",
            "parse",
            "debug",
            "init",
            "demo",
            "clean");

    private static final Map<String, String> ALIASES = Map.of("list", "ls");

    private Commands() {}

    /** With the commands that {@code arguments} name, or with all of them if none is named. */
    static CommandLine commandLine(Millrace millrace, List<String> arguments) {
        Set<String> named = arguments.stream()
                .map(argument -> ALIASES.getOrDefault(argument, argument))
                .filter(NAMES::contains)
                .collect(Collectors.toSet());
        return named.isEmpty() ? withAll(millrace) : with(millrace, named.stream());
    }

    static CommandLine withAll(Millrace millrace) {
        return with(millrace, NAMES.stream());
    }

    private static CommandLine with(Millrace millrace, Stream<String> names) {
        CommandLine line = new CommandLine(millrace);
        line.getCommandSpec().version("millrace " + Version.number());
        names.forEach(name ->
                line.addSubcommand(name, create(name, millrace), aliases(name).toArray(String[]::new)));
        plainHelp(line);
        line.getSubcommands().values().forEach(Commands::plainHelp);
        return line;
    }

    /** Options in the order of their use, not of the alphabet, and a synopsis of one line. */
    private static void plainHelp(CommandLine line) {
        line.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    }

    private static Stream<String> aliases(String name) {
        return ALIASES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey);
    }

    private static Object create(String name, Millrace millrace) {
        return switch (name) {
            case "build" -> new BuildCommand(millrace);
            case "plan" -> new PlanCommand(millrace);
            case "ingest" -> new IngestCommand(millrace);
            case "cdc" -> new CdcCommand(millrace);
            case "seed" -> new SeedCommand(millrace);
            case "snapshot" -> new SnapshotCommand(millrace);
            case "run" -> new RunCommand(millrace);
            case "test" -> new TestCommand(millrace);
            case "sync" -> new SyncCommand(millrace);
            case "up" -> new UpCommand(millrace);
            case "pipeline" -> new PipelineCommand(millrace);
            case "backfill" -> new BackfillCommand(millrace);
            case "runs" -> new RunsCommand(millrace);
            case "source" -> new SourceCommand(millrace);
            case "docs" -> new DocsCommand(millrace);
            case "run-operation" -> new RunOperationCommand(millrace);
            case "deps" -> new DepsCommand(millrace);
            case "retry" -> new RetryCommand(millrace);
            case "clone" -> new CloneCommand(millrace);
            case "ls" -> new ListCommand(millrace);
            case "lineage" -> new LineageCommand(millrace);
            case "check" -> new CheckCommand(millrace);
            case "compile" -> new CompileCommand(millrace);
            case "show" -> new ShowCommand(millrace);
            case "parse" -> new ParseCommand(millrace);
            case "debug" -> new DebugCommand(millrace);
            case "init" -> new InitCommand(millrace);
            case "demo" -> new DemoCommand(millrace);
            case "clean" -> new CleanCommand(millrace);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
