package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.adapter.RelationCache;
import dev.millrace.transform.internal.artifact.ArtifactTime;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The step of a node that is SQL: opens its connection, compiles it, and hands over to what is particular to its kind.
 */
abstract class NodeStep implements Step {
    final RunEnvironment runtime;
    final Resource resource;
    private final SqlCompiler compiler;
    private final Optional<Batch> batch;

    NodeStep(RunEnvironment runtime, Resource resource) {
        this(runtime, resource, Optional.empty());
    }

    /** @param batch of the model, if only that is built */
    NodeStep(RunEnvironment runtime, Resource resource, Optional<Batch> batch) {
        this.runtime = runtime;
        this.resource = resource;
        this.batch = batch;
        this.compiler = new SqlCompiler(runtime);
    }

    @Override
    public StepResult run(StepContext step) {
        Instant begin = Instant.now();
        try (Connection connection =
                        new Connection(() -> runtime.warehouse().open(), text -> step.log(LogLevel.INFO, text));
                var ignored = step.onCancel(connection::cancel)) {
            RelationCache relations = runtime.relations(step.runId());
            prepare(connection.session(), relations);
            Execution execution =
                    new Execution(runtime, resource, connection, relations, step::log, resource.test() == null);
            batch.ifPresent(execution::batch);
            describe(execution, step);
            try {
                Compiled compiled = compile(execution);
                Instant ready = Instant.now();
                StepResult result = execute(execution, compiled, step);
                return result.with("timing", timing(begin, ready, Instant.now()))
                        .with("adapter_response", Map.of("_message", "OK"));
            } catch (JinjaException e) {
                throw failed(execution, compiler.failure(e, resource, execution.context()));
            } catch (MillraceException e) {
                throw failed(execution, e);
            }
        }
    }

    final Compiled compile(Execution execution) {
        Compiled compiled = compiler.compile(execution, resource);
        runtime.keep(resource.id(), compiled);
        if (resource.template() != null || resource.test() != null) {
            runtime.files().writeCompiled(resource, batch, compiled.sql());
        }
        execution.compiled(compiled);
        return compiled;
    }

    private MillraceException failed(Execution execution, MillraceException error) {
        execution.connection().rollback();
        RelationName relation = resource.relation();
        if (RunEnvironment.writes(resource) && error.code() != ErrorCode.CANCELLED) {
            try {
                execution.relations().refresh(execution.connection().session(), relation);
            } catch (MillraceException e) {
                error.addSuppressed(e);
            }
        }
        String folder = String.valueOf(runtime.project().project().targetDir().getFileName());
        return SqlErrors.at(error, resource, folder);
    }

    static List<Map<String, Object>> timing(Instant begin, Instant compiled, Instant end) {
        return List.of(
                Map.of("name", "compile", "started_at", moment(begin), "completed_at", moment(compiled)),
                Map.of("name", "execute", "started_at", moment(compiled), "completed_at", moment(end)));
    }

    private static String moment(Instant instant) {
        return ArtifactTime.of(instant);
    }

    /** Gives templates the names that only this kind of step has. */
    void describe(Execution execution, StepContext step) {}

    /** Makes sure that the schema is there to build into. */
    void prepare(Session session, RelationCache relations) {
        relations.prepare(
                session, resource.relation().database(), resource.relation().schema());
    }

    abstract StepResult execute(Execution execution, Compiled compiled, StepContext step);
}
