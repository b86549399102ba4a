package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Project;
import dev.millrace.core.run.Events;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunStore;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The pipelines and runs of a project, for one command. While {@code millrace up} runs, what is queued here runs there;
 * otherwise it runs here. Close it when the command is over.
 */
final class PipelineRuns implements AutoCloseable {
    private static final int SEARCHED = 1_000;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Workspace workspace;
    private final Orchestrator orchestrator;
    private final boolean elsewhere;

    private PipelineRuns(Millrace millrace, OrchestratorOptions options) {
        Clock clock = millrace.surroundings().clock();
        workspace = Workspace.open(millrace.settings().invocation("pipeline"));
        parts.push(workspace);
        try {
            Project project = workspace.project();
            RunStore store = RunStore.open(project);
            parts.push(store);
            orchestrator = new Orchestrator(
                    project,
                    workspace.graph(),
                    store,
                    new RequestExecutor(workspace, nothingLive(clock), List.of(), clock),
                    clock,
                    options.withoutSchedules());
            parts.push(orchestrator);
            elsewhere = RunningServer.of(project.root()).isPresent();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private LiveRunner nothingLive(Clock clock) {
        return new LiveRunner(workspace.graph(), Set.of(), new Events(List.of()), clock);
    }

    static PipelineRuns open(Millrace millrace, OrchestratorOptions options) {
        return new PipelineRuns(millrace, options);
    }

    Workspace workspace() {
        return workspace;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    /** Begins to work on what is queued, unless {@code millrace up} does so. */
    void work() {
        if (!elsewhere) {
            orchestrator.start();
        }
    }

    /** The run of an id or of its beginning. */
    RunRecord named(String id) {
        List<RunRecord> found = orchestrator.runs().recent(RunFilter.newest(SEARCHED)).stream()
                .filter(run -> run.id().startsWith(id))
                .toList();
        if (found.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.RUN_NOT_FOUND, "there is no run '" + id + "'", null, "See 'millrace runs'.", null);
        }
        if (found.size() > 1) {
            throw new MillraceException(ErrorCode.RUN_NOT_FOUND, "several runs begin with '" + id + "'");
        }
        return found.get(0);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
            }
        }
    }
}
