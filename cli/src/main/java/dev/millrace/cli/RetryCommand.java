package dev.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.PreviousRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs once more what failed or was skipped in the last run: dbt's {@code retry}. */
@Command(name = "retry", description = "Run what failed or was skipped in the last run, with its variables and target.")
final class RetryCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            order = 1,
            description = "Where the run_results.json of the run is (default: target).")
    @Nullable
    private Path state;

    private final Millrace millrace;

    RetryCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        PreviousRun run = PreviousRun.read(folder());
        Set<NodeKind> kinds = CommandKinds.of(run.command())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.USAGE,
                        "'" + run.command() + "' cannot be retried",
                        null,
                        "What can be retried: " + String.join(", ", CommandKinds.commands()) + ".",
                        null));
        List<String> again = run.unfinished().stream()
                .filter(id -> kinds.stream().anyMatch(kind -> id.startsWith(kind.key() + ".")))
                .map(id -> "unique_id:" + id)
                .toList();
        if (again.isEmpty()) {
            millrace.surroundings().out().println("Nothing to do: nothing failed in the last " + run.command() + ".");
            return ExitCode.OK;
        }
        inherit(run);
        SelectionOptions selection = new SelectionOptions();
        selection.select = again;
        selection.indirect = "empty";
        selection.empty = run.flags().containsKey("EMPTY") ? true : null;
        return new Execution(millrace, run.command())
                .with(run.flags())
                .retrying(run)
                .run(selection);
    }

    private Path folder() {
        if (state != null) {
            return millrace.surroundings().resolve(state);
        }
        try (Workspace workspace = millrace.open("retry")) {
            return workspace.project().targetDir();
        }
    }

    /** What this command line does not say itself is as it was. */
    private void inherit(PreviousRun run) {
        GlobalOptions options = millrace.options;
        if (options.vars == null) {
            options.vars = json(run.vars());
        }
        if (options.fullRefresh == null) {
            options.fullRefresh = run.fullRefresh();
        }
        if (options.target == null) {
            options.target = run.target().orElse(null);
        }
        if (options.profile == null) {
            options.profile = run.profile().orElse(null);
        }
        if (options.threads == null) {
            options.threads = run.threads().orElse(null);
        }
    }

    /** JSON is YAML, as {@code --vars} takes it; null for none. */
    private static @Nullable String json(Map<String, @Nullable Object> vars) {
        try {
            return vars.isEmpty() ? null : JSON.writeValueAsString(vars);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values read from JSON can be written as JSON", e);
        }
    }
}
