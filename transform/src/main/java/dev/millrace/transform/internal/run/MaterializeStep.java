package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.seed.SeedTable;
import java.util.List;
import java.util.Optional;

/** Builds a model or seed with the macro of its materialization. */
final class MaterializeStep extends NodeStep {
    MaterializeStep(RunEnvironment runtime, Resource resource) {
        super(runtime, resource);
    }

    /** Builds one batch of a microbatch model. */
    MaterializeStep(RunEnvironment runtime, Resource resource, Batch batch) {
        super(runtime, resource, Optional.of(batch));
    }

    @Override
    StepResult execute(Execution execution, Compiled compiled, StepContext step) {
        SeedStatistics seed = new SeedStatistics();
        execution.seedsFrom((session, target) -> seed.keep(new SeedTable(resource).load(session, target)));
        Macro macro = materialization(resource);
        Object result = execution.bind(macro).call(Call.of());
        remember(execution, result);
        String message = "OK";
        return seed.rows >= 0 ? StepResult.success("INSERT " + seed.rows, seed.rows) : StepResult.success(message);
    }

    private Macro materialization(Resource built) {
        Macro macro = runtime.project().macros().materialization(built.materialized());
        if (macro == null) {
            throw new MaterializationCheck(
                            runtime.project().macros(),
                            List.of(),
                            runtime.project().adapterType())
                    .missing(built);
        }
        return macro;
    }

    /** A materialization returns the relations it made: the cache learns of them. */
    private void remember(Execution execution, Object result) {
        if (!(result instanceof PyDict dict) || dict.get("relations") == null) {
            return;
        }
        for (Object made : Values.list(java.util.Objects.requireNonNull(dict.get("relations")))) {
            if (made instanceof DbtRelation relation) {
                RelationKind kind = relation.type() == null ? RelationKind.TABLE : relation.type();
                execution
                        .relations()
                        .add(
                                relation.name(
                                        runtime.warehouse().identity(),
                                        runtime.project().database()),
                                kind);
            }
        }
    }

    /** How many rows the seed of this run had; -1 for what is no seed. */
    private static final class SeedStatistics {
        private long rows = -1;

        long keep(long count) {
            rows = count;
            return count;
        }
    }
}
