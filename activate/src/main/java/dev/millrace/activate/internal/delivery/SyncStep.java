package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Paces;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.time.Clock;
import java.util.Optional;

/** The step of a sync: connects both ends and lets a {@link SyncRun} do the work. */
public final class SyncStep implements Step {
    private final Project project;
    private final Warehouses warehouses;
    private final DestinationFactory destinations;
    private final Paces paces;
    private final Sync sync;
    private final boolean dryRun;
    private final Clock clock;

    public SyncStep(
            Project project,
            Warehouses warehouses,
            DestinationFactory destinations,
            Paces paces,
            Sync sync,
            boolean dryRun,
            Clock clock) {
        this.project = project;
        this.warehouses = warehouses;
        this.destinations = destinations;
        this.paces = paces;
        this.sync = sync;
        this.dryRun = dryRun;
        this.clock = clock;
    }

    @Override
    public StepResult run(StepContext context) {
        Warehouse warehouse = warehouses.warehouse(sync.source().target());
        try (Session session = warehouse.open();
                StepContext.Registration stopSession = context.onCancel(session::cancel)) {
            // The cheap check first: nothing is sent to the network for a model that is not there.
            ModelColumns columns = ModelColumns.of(session, sync);
            YamlMap settings = project.render(sync.destination().settings());
            try (Destination destination = destinations.open(
                            sync.destination().name(),
                            settings,
                            new Route(
                                    paces.of(sync.destination().name(), settings),
                                    Optional.empty(),
                                    context.attempt(),
                                    line -> context.log(LogLevel.WARN, line)));
                    StepContext.Registration stopDestination = context.onCancel(destination::cancel)) {
                boolean fullRefresh = project.invocation().fullRefresh();
                return new SyncRun(
                                context, session, sync, columns, destination.prepare(sync), dryRun, fullRefresh, clock)
                        .run();
            }
        }
    }
}
