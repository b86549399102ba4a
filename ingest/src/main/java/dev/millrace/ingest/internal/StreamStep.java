package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Outlook;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is new in one stream into its table. One transaction: after a crash at any instant it may be run again.
 */
final class StreamStep implements Step, Outlook {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Schemas and the state's table are made by one step at a time: two at once would conflict. */
    private static final Object PREPARATION = new Object();

    private final NodeId id;
    private final Project project;
    private final StreamPlan plan;
    private final StreamPlanner planner;
    private final Source source;
    private final Warehouses warehouses;
    private final Target target;

    StreamStep(
            NodeId id,
            Project project,
            StreamPlan plan,
            StreamPlanner planner,
            Source source,
            Warehouses warehouses,
            Target target) {
        this.id = id;
        this.project = project;
        this.plan = plan;
        this.planner = planner;
        this.source = source;
        this.warehouses = warehouses;
        this.target = target;
    }

    @Override
    public StepResult run(StepContext context) {
        try {
            StreamPlan known = plan.stream().isPresent() ? plan : discovered();
            Warehouse warehouse = warehouses.warehouse(target);
            try (Session session = warehouse.open()) {
                synchronized (PREPARATION) {
                    session.createSchema(
                            known.relation().database(), known.relation().schema());
                    StateStore.create(session);
                }
                return new StreamSync(
                                known,
                                source,
                                session,
                                context,
                                Clock.systemUTC(),
                                target.threads(),
                                project.invocation().fullRefresh())
                        .run();
            }
        } catch (MillraceException e) {
            throw e.at(plan.position());
        }
    }

    @Override
    public String outlook(boolean warehouse) {
        if (plan.syncMode() == SyncMode.FULL_REFRESH) {
            return "all rows";
        }
        Optional<String> from = Optional.empty();
        if (warehouse && !project.invocation().fullRefresh()) {
            try (Session session = warehouses.warehouse(target).open()) {
                from = SyncState.read(session, id.toString())
                        .filter(state -> plan.cursor().equals(Optional.of(state.cursorField())))
                        .flatMap(state -> state.from(plan.lookback()));
            }
        }
        String cursor = plan.cursor().map(name -> " " + name).orElse("");
        return from.map(value -> "incremental from" + cursor + " " + value)
                .orElse("all rows, incremental by" + cursor + " from then on");
    }

    /** The plan of a stream that nobody could ask about when the graph was made. */
    private StreamPlan discovered() {
        List<SourceStream> offered = source.discover(List.of(plan.name()), PATIENCE);
        Optional<SourceStream> stream = offered.stream()
                .filter(one -> one.name().equalsIgnoreCase(plan.name()))
                .filter(one -> plan.namespace().isEmpty() || one.namespace().equals(plan.namespace()))
                .findFirst();
        return planner.plan(stream.orElseThrow(() -> new MillraceException(
                ErrorCode.STREAM_NOT_FOUND,
                "source '" + plan.connection().source() + "' has no stream '" + plan.qualifiedName() + "'")));
    }
}
