package dev.millrace.cli;

import dev.millrace.activate.ActivateOptions;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.orchestrate.NodeLocks;
import dev.millrace.orchestrate.PipelinePlanner;
import dev.millrace.orchestrate.PlannedRun;
import dev.millrace.orchestrate.RunExecutor;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the runs of {@code millrace up}: each reads the project's files afresh, so that what was changed in them
 * is what runs, on the warehouses that are open already. Thread-safe.
 */
final class RequestExecutor implements RunExecutor {
    private final Workspace workspace;
    private final LiveRunner live;
    private final List<RunListener> listeners;
    private final Clock clock;
    private final NodeLocks locks = new NodeLocks();

    /**
     * @param workspace whose warehouses are used
     * @param live keeps nodes running that runs then only wait for
     * @param listeners hear every run
     */
    RequestExecutor(Workspace workspace, LiveRunner live, List<RunListener> listeners, Clock clock) {
        this.workspace = workspace;
        this.live = live;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    @Override
    public RunResult execute(
            RunRequest request, String runId, Set<NodeId> done, RunListener listener, Consumer<Runnable> cancel) {
        try (Workspace own = workspace.again(invocation(request), new ActivateOptions(request.is(RunFlag.DRY_RUN)))) {
            PlannedRun planned = planned(own, request);
            Set<NodeId> selected = planned.nodes();
            if (request.is(RunFlag.EMPTY)) {
                own.readInputs(true, Optional.empty());
            }
            selected.removeAll(done);
            // The run's own record and those who only watch; what goes wrong beside the run is told to these.
            List<RunListener> told = new ArrayList<>(listeners);
            told.add(listener);
            Events record = new Events(told);
            List<RunListener> all = new ArrayList<>(own.listeners(problem -> warn(record, problem.text())));
            all.add(record::emit);
            Events events = new Events(all);
            planned.warnings().forEach(warning -> warn(events, warning));
            Runner runner = new Runner(
                    runId,
                    Plan.of(live.besides(locks.guarded(planned.graph(), selected)), selected),
                    new RunOptions(
                            request.command(),
                            request.threads().orElse(own.project().threads()),
                            request.is(RunFlag.FAIL_FAST),
                            request.is(RunFlag.WARN_ERROR)),
                    events,
                    clock);
            cancel.accept(runner::cancel);
            return runner.run();
        }
    }

    private void warn(Events events, String message) {
        events.emit(new RunEvent.Logged(clock.instant(), LogLevel.WARN, Optional.empty(), message));
    }

    private static PlannedRun planned(Workspace own, RunRequest request) {
        Graph graph = own.graph();
        if (request.pipeline().isPresent()) {
            return new PipelinePlanner(
                            own.project(),
                            graph,
                            (command, select, exclude) -> selected(own, command, select, exclude, nothing -> {}))
                    .plan(request);
        }
        List<String> unmatched = new ArrayList<>();
        Set<NodeId> nodes = selected(own, request.command(), request.select(), request.exclude(), unmatched::add);
        if (request.is(RunFlag.WARN_ERROR)) {
            Execution.refuse(own, unmatched);
        }
        return new PlannedRun(graph, nodes, List.of());
    }

    private static Set<NodeId> selected(
            Workspace own, String command, List<String> select, List<String> exclude, Consumer<String> unmatched) {
        Set<NodeKind> kinds = CommandKinds.of(command)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.USAGE,
                        "unknown command '" + command + "'",
                        null,
                        Suggestion.hint(command, CommandKinds.commands()),
                        null));
        SelectionOptions options = new SelectionOptions();
        options.select = select;
        options.exclude = exclude;
        return new LinkedHashSet<>(new Selection(own, unmatched).of(options, kinds));
    }

    private Invocation invocation(RunRequest request) {
        Invocation usual = workspace.project().invocation();
        Map<String, @Nullable Object> vars = new LinkedHashMap<>(usual.vars());
        vars.putAll(request.vars());
        return new Invocation(
                request.command(),
                usual.projectDir(),
                usual.profilesDir(),
                usual.profile(),
                usual.target(),
                vars,
                request.threads().or(usual::threads),
                request.is(RunFlag.FULL_REFRESH),
                usual.environment(),
                usual.flags());
    }
}
