package dev.millrace.server.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.server.Platform;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Looks into the relations of nodes, briefly: whatever takes longer than its limit is stopped. Thread-safe. */
public final class Relations implements AutoCloseable {
    private static final int AT_ONCE = 4;

    private final Platform platform;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);
    private final ScheduledThreadPoolExecutor timer;

    public Relations(Platform platform) {
        this.platform = platform;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "server query limits");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** The columns as the warehouse has them; empty if the relation is not there. */
    public List<Column> columns(RelationName relation, Duration limit) {
        return warehouse(relation)
                .map(warehouse -> within(warehouse, limit, session -> session.columns(relation)))
                .orElse(List.of());
    }

    /** The first rows; empty if the relation is not there. */
    public Optional<Table> sample(RelationName relation, int rows, Duration limit) {
        return warehouse(relation)
                .flatMap(warehouse -> within(
                        warehouse,
                        limit,
                        session -> session.relationType(relation)
                                .map(type -> session.query(
                                        "select * from " + session.dialect().quote(relation) + " limit " + rows))));
    }

    /**
     * Does something in a session of a warehouse.
     *
     * @throws MillraceException TIMEOUT if it takes too long
     */
    public <T> T within(Warehouse warehouse, Duration limit, Function<Session, T> work) {
        AtomicBoolean late = new AtomicBoolean();
        acquire(limit);
        try (Session session = warehouse.open()) {
            ScheduledFuture<?> stop = timer.schedule(
                    () -> {
                        late.set(true);
                        session.cancel();
                    },
                    limit.toMillis(),
                    TimeUnit.MILLISECONDS);
            try {
                return work.apply(session);
            } catch (MillraceException e) {
                throw late.get() ? tooLong(limit) : e;
            } finally {
                stop.cancel(false);
            }
        } finally {
            permits.release();
        }
    }

    /** The project's own warehouse. */
    public Warehouse main() {
        return platform.warehouses().warehouse(platform.project().target());
    }

    private Optional<Warehouse> warehouse(RelationName relation) {
        Project project = platform.project();
        Warehouses warehouses = platform.warehouses();
        List<Target> targets = new ArrayList<>(List.of(project.target()));
        for (String profile : project.profiles().names()) {
            try {
                targets.add(project.warehouse(profile, null));
            } catch (MillraceException e) {
                // A profile that this machine cannot use, such as production's, holds none of its relations.
            }
        }
        for (Target target : targets) {
            if (warehouses.factory(target).identity(project, target).equals(relation.warehouse())) {
                return Optional.of(warehouses.warehouse(target));
            }
        }
        return Optional.empty();
    }

    private void acquire(Duration limit) {
        try {
            if (!permits.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooLong(limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    private static MillraceException tooLong(Duration limit) {
        return new MillraceException(
                ErrorCode.TIMEOUT,
                "the query took longer than " + limit.toSeconds() + " s",
                null,
                "Ask for less, or run it as a model.",
                null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
