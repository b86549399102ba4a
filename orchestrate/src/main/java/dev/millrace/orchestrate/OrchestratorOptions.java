package dev.millrace.orchestrate;

import dev.millrace.core.MillraceException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How an orchestrator works.
 *
 * @param workers how many runs may be under way at once
 * @param schedules whether it queues what is due; without it, it only works on what others queue
 * @param onlyPipeline if present, it works on runs of this pipeline alone
 * @param baseUrl where people find the server's pages, for links in alerts; {@code alerts.url} of millrace.yml wins
 * @param problems hears what goes wrong beside the runs: a store that cannot be written, an alert that cannot be
 *     delivered
 */
public record OrchestratorOptions(
        int workers,
        boolean schedules,
        Optional<String> onlyPipeline,
        Optional<String> baseUrl,
        Consumer<MillraceException> problems) {
    /** Four runs at once, on schedule. */
    public static OrchestratorOptions standard() {
        return new OrchestratorOptions(4, true, Optional.empty(), Optional.empty(), problem -> {});
    }

    public OrchestratorOptions withWorkers(int count) {
        return new OrchestratorOptions(count, schedules, onlyPipeline, baseUrl, problems);
    }

    public OrchestratorOptions withoutSchedules() {
        return new OrchestratorOptions(workers, false, onlyPipeline, baseUrl, problems);
    }

    public OrchestratorOptions withOnlyPipeline(String name) {
        return new OrchestratorOptions(workers, schedules, Optional.of(name), baseUrl, problems);
    }

    public OrchestratorOptions withBaseUrl(String url) {
        return new OrchestratorOptions(workers, schedules, onlyPipeline, Optional.of(url), problems);
    }

    public OrchestratorOptions withProblems(Consumer<MillraceException> listener) {
        return new OrchestratorOptions(workers, schedules, onlyPipeline, baseUrl, listener);
    }
}
