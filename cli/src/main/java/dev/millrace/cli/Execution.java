package dev.millrace.cli;

import dev.millrace.activate.ActivateOptions;
import dev.millrace.cli.console.Consoles;
import dev.millrace.cli.console.LogFile;
import dev.millrace.cli.console.RunConsole;
import dev.millrace.cli.console.Subject;
import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunHistory;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.transform.PreviousRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans and runs a selection of the graph, shows it, and says how the process should end. */
final class Execution {
    private final Millrace millrace;
    private final String command;
    private final ActivateOptions activateOptions;
    private final Map<String, Object> modes;
    private final Optional<PreviousRun> retried;

    Execution(Millrace millrace, String command) {
        this(millrace, command, ActivateOptions.DEFAULT, Map.of(), Optional.empty());
    }

    private Execution(
            Millrace millrace,
            String command,
            ActivateOptions activateOptions,
            Map<String, Object> modes,
            Optional<PreviousRun> retried) {
        this.millrace = millrace;
        this.command = command;
        this.activateOptions = activateOptions;
        this.modes = modes;
        this.retried = retried;
    }

    /** The same with other options for syncs. */
    Execution with(ActivateOptions options) {
        return new Execution(millrace, command, options, modes, retried);
    }

    /** The same with flags that only some commands have. */
    Execution with(Map<String, Object> flags) {
        return new Execution(millrace, command, activateOptions, flags, retried);
    }

    /** The same as what is left to do of {@code run}. */
    Execution retrying(PreviousRun run) {
        return new Execution(millrace, command, activateOptions, modes, Optional.of(run));
    }

    private Workspace open(SelectionOptions selection) {
        Invocation invocation = millrace.settings().invocation(command);
        Map<String, Object> flags = new LinkedHashMap<>(invocation.flags());
        flags.putAll(selection.flags(invocation.environment()));
        flags.putAll(modes);
        Workspace workspace = Workspace.open(invocation.withFlags(flags), activateOptions);
        try {
            retried.ifPresent(workspace::retry);
            return workspace;
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    /**
     * Runs the selected nodes of the kinds the command is about. While {@code millrace up} holds the project's
     * warehouse, it is that process which runs them.
     *
     * @return the exit code
     */
    int run(SelectionOptions selection) {
        Set<NodeKind> natural = CommandKinds.of(command).orElseThrow();
        try (Workspace workspace = open(selection)) {
            Graph graph = workspace.graph();
            List<String> unmatched = new ArrayList<>();
            Set<NodeId> selected = new Selection(workspace, unmatched::add).of(selection, natural);
            workspace.selected(selected);
            selection.applyTo(workspace, selected);
            Plan plan = Plan.of(graph, selected);
            Optional<RunningServer> server =
                    RunningServer.of(workspace.project().root());
            if (selection.defers(workspace.project().invocation().environment())) {
                server.ifPresent(running -> refuseBeside(running, "--defer does"));
            }
            if (!modes.isEmpty()) {
                server.ifPresent(
                        running -> refuseBeside(running, "--event-time-start, --sample and --store-failures do"));
            }
            return show(
                    workspace,
                    unmatched,
                    (events, console) -> server.isPresent()
                            ? runThere(server.get(), request(workspace, plan, selection), events, console)
                            : runHere(workspace, plan, request(workspace, plan, selection), events, console));
        }
    }

    /** Steps that a command gives to nodes for itself. */
    interface OwnSteps {
        /** The graph to choose nodes from, with the steps. */
        Graph graph(Workspace workspace);

        List<RunListener> listeners(Workspace workspace);
    }

    /**
     * Runs the selected nodes with a command's own steps, in this process; the history does not keep it.
     *
     * @return the exit code
     */
    int run(SelectionOptions selection, Set<NodeKind> natural, OwnSteps own) {
        try (Workspace workspace = open(selection)) {
            RunningServer.of(workspace.project().root())
                    .ifPresent(running -> refuseBeside(running, "'" + command + "' does"));
            Graph graph = own.graph(workspace);
            List<String> unmatched = new ArrayList<>();
            Set<NodeId> selected = new Selection(workspace, graph, unmatched::add).of(selection, natural);
            Plan plan = Plan.of(graph, selected);
            List<RunListener> listeners = own.listeners(workspace);
            return show(
                    workspace, unmatched, (events, console) -> runHere(workspace, plan, listeners, events, console));
        }
    }

    private static void refuseBeside(RunningServer server, String what) {
        throw new MillraceException(
                ErrorCode.USAGE,
                what + " not work while 'millrace up' runs (" + server.url() + ")",
                null,
                "Stop it first.",
                null);
    }

    private int show(Workspace workspace, List<String> unmatched, Work work) {
        Project project = workspace.project();
        Settings settings = millrace.settings();
        if (settings.warnError()) {
            refuse(workspace, unmatched);
        }
        ErrorText errors = millrace.errors(project);
        Subject subject = new Subject(
                project.name(),
                project.target().name() + " (" + project.target().type() + ")",
                settings.again(command));
        Consoles consoles = millrace.consoles();
        try (RunConsole console = settings.logFormat() == LogFormat.JSON
                        ? consoles.json(millrace.surroundings().clock())
                        : consoles.text(errors, subject, millrace.surroundings().clock());
                LogFile log = consoles.logFile(settings.logPath(project.root()), errors, subject)) {
            Events events = new Events(List.of(log, console));
            unmatched.forEach(criterion -> warn(events, "nothing matches the selection '" + criterion + "'"));
            workspace.warnings().forEach(warning -> warn(events, oneLine(warning, errors)));
            return work.run(events, console);
        }
    }

    /** What the history remembers of the command line, so that it can be retried. */
    private RunRequest request(Workspace workspace, Plan plan, SelectionOptions selection) {
        boolean plain = selection.selector == null
                && selection.resourceTypes.isEmpty()
                && selection.excludedResourceTypes.isEmpty()
                && selection.indirect == null
                && selection.state(workspace).isEmpty();
        List<String> nodes =
                plan.nodes().stream().map(node -> "unique_id:" + node.id()).toList();
        Invocation invocation = workspace.project().invocation();
        return new RunRequest(
                command,
                plain ? selection.select : nodes,
                plain ? selection.exclude : List.of(),
                invocation.vars(),
                flags(invocation, selection),
                invocation.threads(),
                Optional.empty(),
                Optional.empty(),
                Cause.MANUAL);
    }

    private Set<RunFlag> flags(Invocation invocation, SelectionOptions selection) {
        Map<RunFlag, Boolean> all = Map.of(
                RunFlag.FULL_REFRESH,
                invocation.fullRefresh(),
                RunFlag.FAIL_FAST,
                millrace.settings().failFast(),
                RunFlag.WARN_ERROR,
                millrace.settings().warnError(),
                RunFlag.DRY_RUN,
                activateOptions.dryRun(),
                RunFlag.EMPTY,
                Boolean.TRUE.equals(selection.empty));
        return all.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private int runHere(Workspace workspace, Plan plan, RunRequest request, Events shown, RunConsole console) {
        RunHistory history =
                new RunHistory(workspace.project().root(), request, problem -> warn(shown, problem.text()));
        try (history) {
            List<RunListener> listeners = new ArrayList<>(workspace.listeners(problem -> warn(shown, problem.text())));
            listeners.add(history);
            return runHere(workspace, plan, listeners, shown, console);
        }
    }

    private int runHere(Workspace workspace, Plan plan, List<RunListener> hearing, Events shown, RunConsole console) {
        List<RunListener> listeners = new ArrayList<>(hearing);
        listeners.add(shown::emit);
        Runner runner = new Runner(
                plan,
                new RunOptions(
                        command,
                        workspace.project().threads(),
                        millrace.settings().failFast(),
                        millrace.settings().warnError()),
                new Events(listeners),
                millrace.surroundings().clock());
        try (Interruption interruption = Interruption.install(runner::cancel, console)) {
            RunResult result = runner.run();
            return interruption.exitCodeOfSignal().orElseGet(() -> exitCode(result, millrace.settings()));
        }
    }

    private int runThere(RunningServer server, RunRequest request, Events shown, RunConsole console) {
        RemoteRun run = new RemoteRun(server, request, shown);
        try (Interruption interruption = Interruption.install(run::cancel, console)) {
            RunResult result = run.follow();
            return interruption.exitCodeOfSignal().orElseGet(() -> exitCode(result, millrace.settings()));
        }
    }

    /** A run of whatever process, whose events are shown here. */
    @FunctionalInterface
    private interface Work {
        /** @return the exit code */
        int run(Events events, RunConsole console);
    }

    /** Throws what would be warned about before the run. */
    static void refuse(Workspace workspace, List<String> unmatched) {
        Problems problems = new Problems();
        unmatched.forEach(criterion -> problems.add(new MillraceException(
                ErrorCode.SELECTOR_INVALID,
                "nothing matches the selection '" + criterion + "'",
                null,
                "Without --warn-error this is a warning.",
                null)));
        workspace.warnings().forEach(problems::add);
        problems.throwIfAny();
    }

    private void warn(Events events, String message) {
        Instant now = millrace.surroundings().clock().instant();
        events.emit(new RunEvent.Logged(now, LogLevel.WARN, Optional.empty(), message));
    }

    private static String oneLine(MillraceException warning, ErrorText errors) {
        String place = warning.position()
                .map(position -> errors.place(position) + ": ")
                .orElse("");
        return place
                + warning.text()
                + warning.hint().map(hint -> " (" + hint + ")").orElse("");
    }

    private static int exitCode(RunResult result, Settings settings) {
        boolean warned = settings.warnError() && result.count(Status.WARN) > 0;
        return result.ok() && !warned ? ExitCode.OK : ExitCode.FAILED;
    }
}
