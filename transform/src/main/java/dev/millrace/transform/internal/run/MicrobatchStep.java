package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.batch.BatchResults;
import dev.millrace.transform.internal.batch.MicrobatchModel;
import dev.millrace.transform.internal.batch.TimeSpan;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Builds a microbatch model batch by batch, each in a transaction of its own. A batch that fails does not keep the
 * later ones from being built, except the first: without it the table may not be there.
 */
final class MicrobatchStep implements Step {
    private final RunEnvironment runtime;
    private final Resource model;

    MicrobatchStep(RunEnvironment runtime, Resource model) {
        this.runtime = runtime;
        this.model = model;
    }

    @Override
    public StepResult run(StepContext step) {
        Instant begin = Instant.now();
        List<Batch> batches = new MicrobatchModel(model).batches(runtime.batchOptions(), incremental(step));
        List<TimeSpan> successful = new ArrayList<>(before());
        List<TimeSpan> failed = new ArrayList<>();
        MillraceException problem = null;
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            boolean hopeless = problem != null && failed.size() == i;
            Optional<MillraceException> error =
                    hopeless ? Optional.ofNullable(problem) : build(batch, hooks(i, batches.size()), step);
            (error.isEmpty() ? successful : failed).add(batch.span());
            problem = problem == null ? error.orElse(null) : problem;
            step.progress(i + 1, 0, OptionalLong.of(batches.size()));
        }
        BatchResults results = new BatchResults(successful, failed);
        runtime.keep(model.id(), results);
        if (problem != null) {
            throw counted(results, problem);
        }
        return StepResult.success(batches.size() + (batches.size() == 1 ? " batch" : " batches"))
                .with("timing", NodeStep.timing(begin, begin, Instant.now()))
                .with("adapter_response", Map.of("_message", "OK"));
    }

    private static MillraceException counted(BatchResults results, MillraceException first) {
        String built = results.partial() ? results.count() + " batches are built; the first that failed: " : "";
        return new MillraceException(
                first.code(),
                built + first.text(),
                first.position().orElse(null),
                first.hint().orElse(null),
                first);
    }

    /** What was built of the model in the run that is retried. */
    private List<TimeSpan> before() {
        BatchResults known = runtime.batchOptions().before().get(model.id().toString());
        return known == null ? List.of() : known.successful();
    }

    private Optional<MillraceException> build(Batch batch, Map<String, Object> hooks, StepContext step) {
        if (step.cancelled()) {
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled");
        }
        try {
            new MaterializeStep(runtime, part(batch, hooks), batch).run(step);
            step.log(LogLevel.DEBUG, "batch " + batch.name() + " is built");
            return Optional.empty();
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            step.log(LogLevel.ERROR, "batch " + batch.name() + " failed: " + e.text());
            return Optional.of(e);
        }
    }

    /** Hooks run once for the model: before its first batch, and after its last. */
    private static Map<String, Object> hooks(int index, int count) {
        Map<String, Object> none = new LinkedHashMap<>();
        if (index > 0) {
            none.put("pre-hook", List.of());
        }
        if (index < count - 1) {
            none.put("post-hook", List.of());
        }
        return none;
    }

    private Resource part(Batch batch, Map<String, Object> hooks) {
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(model.config().values());
        config.putAll(hooks);
        config.put(
                "__dbt_internal_microbatch_event_time_start",
                TimeSpan.iso(batch.span().start()));
        config.put(
                "__dbt_internal_microbatch_event_time_end",
                TimeSpan.iso(batch.span().end()));
        return model.with(new Config(config));
    }

    /** Whether there is a table to add to. */
    private boolean incremental(StepContext step) {
        boolean anew = model.config()
                .bool("full_refresh", runtime.project().project().invocation().fullRefresh());
        if (anew) {
            return false;
        }
        try (Session session = runtime.warehouse().open()) {
            RelationCache relations = runtime.relations(step.runId());
            relations.prepare(
                    session, model.relation().database(), model.relation().schema());
            return relations
                    .kind(session, model.relation())
                    .filter(kind -> kind == RelationKind.TABLE)
                    .isPresent();
        }
    }
}
