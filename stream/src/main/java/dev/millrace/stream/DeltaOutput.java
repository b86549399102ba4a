package dev.millrace.stream;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.delta.DeltaTable;
import dev.millrace.delta.DeltaTransaction;
import dev.millrace.stream.internal.delta.DeltaConfig;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.ModelOutput;
import java.util.Optional;
import java.util.Set;

/**
 * {@code format='delta'} on models that are tables: after each build the Delta table at {@code location} becomes what
 * the table is, in one commit. Thread-safe.
 */
public final class DeltaOutput implements ModelOutput {
    private static final Set<String> TABLES = Set.of("table", "incremental");

    @Override
    public Optional<AfterBuild> of(Model model) {
        Optional<DeltaConfig> config = DeltaConfig.of(model);
        Object materialized = model.config().getOrDefault("materialized", "view");
        if (config.isPresent() && !TABLES.contains(String.valueOf(materialized))) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a model that is materialized as " + materialized + " cannot be written as a Delta table",
                    model.positionOf("format"),
                    "Use materialized='table', 'incremental' or 'streaming'.",
                    null);
        }
        return config.map(delta -> (built, context) -> write(model, delta, built, context));
    }

    private static StepResult write(Model model, DeltaConfig config, StepResult built, StepContext context) {
        DeltaTable table = DeltaTable.at(config.location());
        String application = model.id().toString();
        try (Session session = model.warehouse().open();
                var ignored = context.onCancel(session::cancel)) {
            long version = table.version(application).orElse(0) + 1;
            table.overwrite(
                    session,
                    "select * from " + session.dialect().quote(model.relation()),
                    config.partitionBy(),
                    new DeltaTransaction(application, version));
            table.vacuum(config.retention());
            return built.with("delta_location", config.location().toString());
        }
    }
}
