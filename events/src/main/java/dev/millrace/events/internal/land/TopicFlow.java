package dev.millrace.events.internal.land;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.events.internal.kafka.KafkaErrors;
import dev.millrace.events.internal.kafka.Polled;
import dev.millrace.events.internal.kafka.TopicAdmin;
import dev.millrace.events.internal.kafka.TopicReader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A topic on its way into its table. Each batch is one transaction with the offsets it ends at, so after a crash at any
 * instant the next flow goes on exactly behind what is in the table. Used by one thread.
 */
final class TopicFlow implements ContinuousStep.Flow {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TopicPlan plan;
    private final String servers;
    private final StepContext context;
    private final Session session;
    private final TopicAdmin admin;
    private final TopicOpening opening;
    private final Landing landing;
    private final StepContext.Registration cancel;
    private @Nullable TopicReader reader;
    private @Nullable TopicState state;
    private List<TopicColumn> columns = List.of();
    /** Partitions that came since it was opened. */
    private final Set<Integer> added = new HashSet<>();

    /** Whether the table is known to be there. */
    private boolean tabled;

    private long lookedAt;
    private long lag;
    private long landed;
    private @Nullable MillraceException failure;

    TopicFlow(TopicPlan plan, String servers, Warehouse warehouse, StepContext context, boolean fullRefresh) {
        this.plan = plan;
        this.servers = servers;
        this.context = context;
        this.admin = new TopicAdmin(plan.settings(), servers, plan.topic());
        Session opened = null;
        try {
            opened = warehouse.open();
            session = opened;
            opening = new TopicOpening(plan, servers, session, context);
            landing = new Landing(session, plan);
            cancel = context.onCancel(session::cancel);
            opening.prepare(fullRefresh);
            lookedAt = System.nanoTime();
            admin.describe().ifPresentOrElse(this::begin, opening::createTable);
        } catch (RuntimeException | Error e) {
            admin.close();
            TopicReader begun = reader;
            if (begun != null) {
                begun.close();
            }
            if (opened != null) {
                opened.close();
            }
            throw e;
        }
    }

    private void begin(TopicAdmin.Topic topic) {
        TopicOpening.Opened opened = opening.begin(topic);
        reader = opened.reader();
        state = opened.state();
        columns = opened.columns();
    }

    @Override
    public StepResult next(Duration wait) {
        MillraceException failed = failure;
        if (failed != null) {
            throw failed;
        }
        TopicReader open = reader;
        if (open == null) {
            return appear(wait);
        }
        Polled first = open.next(wait);
        if (first == null) {
            if (!tabled) {
                opening.createTable();
                tabled = true;
            }
            look(open);
            return result(0, 0);
        }
        TopicState before = Objects.requireNonNull(state);
        if (first.lists().isEmpty()) {
            // Only marks of transactions went by.
            lag = first.lag();
            TopicState moved = before.after(first.positions(), before.batch(), columns);
            session.inTransaction(() -> {
                moved.write(session, plan.stateKey());
                return null;
            });
            state = moved;
            return result(0, 0);
        }
        long base = landed;
        Landing.Landed batch = session.inTransaction(() -> {
            Landing.Landed done = landing.land(
                    open,
                    first,
                    columns,
                    before.batch() + 1,
                    rows -> context.progress(base + rows, 0, OptionalLong.empty()));
            TopicState after = before.after(done.positions(), before.batch() + 1, done.columns());
            after.write(session, plan.stateKey());
            // The offsets mean this topic, not one of the same name that took its place meanwhile.
            sameTopic(open);
            return done;
        });
        state = before.after(batch.positions(), before.batch() + 1, batch.columns());
        columns = batch.columns();
        tabled = true;
        landed += batch.rows();
        lag = batch.lag();
        failure = batch.failure();
        return result(batch.rows(), batch.rejected());
    }

    /** Looks whether the topic exists by now. */
    private StepResult appear(Duration wait) {
        if (!wait.isZero()) {
            try {
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw KafkaErrors.of(e, "wait for topic " + plan.topic(), servers);
            }
            admin.describe().ifPresent(this::begin);
        }
        return reader == null
                ? new StepResult(
                        Status.WARN,
                        "topic " + plan.topic() + " does not exist yet",
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Map.of("lag", 0L, "position", ""))
                : result(0, 0);
    }

    private void look(TopicReader open) {
        if (System.nanoTime() - lookedAt > LOOK_NANOS) {
            sameTopic(open);
        }
    }

    private void sameTopic(TopicReader open) {
        Optional<TopicAdmin.Topic> now = admin.describe();
        lookedAt = System.nanoTime();
        TopicState known = Objects.requireNonNull(state);
        if (now.isEmpty() || !now.get().id().equals(known.topicId())) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_LOST, "topic " + plan.topic() + " was deleted while it was read");
        }
        List<Integer> fresh = now.get().partitions().stream()
                .filter(partition -> !known.positions().containsKey(partition))
                .filter(partition -> added.add(partition))
                .toList();
        if (!fresh.isEmpty()) {
            Map<Integer, Long> starts = new HashMap<>();
            fresh.forEach(partition -> starts.put(partition, 0L));
            open.add(starts);
        }
    }

    private StepResult result(long rows, long rejected) {
        TopicState now = Objects.requireNonNull(state);
        String message = rows
                + (rows == 1 ? " message" : " messages")
                + (rejected == 0 ? "" : ", " + rejected + " rejected to " + plan.rejected());
        return new StepResult(
                        rejected == 0 ? Status.SUCCESS : Status.WARN,
                        message,
                        OptionalLong.of(rows),
                        OptionalLong.empty(),
                        Map.of())
                .with("lag", lag)
                .with("position", now.position())
                .with("batch_id", now.batch())
                .with("rejected", rejected);
    }

    /** Lands all there is now, and tells what came of it all together. */
    StepResult drain() {
        TopicReader open = reader;
        if (open == null) {
            return appear(Duration.ZERO);
        }
        Map<Integer, Long> ends = ends(Objects.requireNonNull(state).positions().keySet());
        long rows = 0;
        long rejected = 0;
        while (isBefore(ends) && !context.cancelled()) {
            StepResult step = next(Duration.ofMillis(200));
            rows += step.rows().orElse(0);
            rejected += step.details().get("rejected") instanceof Long count ? count : 0;
        }
        opening.createTable();
        return result(rows, rejected);
    }

    private boolean isBefore(Map<Integer, Long> ends) {
        Map<Integer, Long> now = Objects.requireNonNull(state).positions();
        return ends.entrySet().stream().anyMatch(end -> now.getOrDefault(end.getKey(), 0L) < end.getValue());
    }

    private Map<Integer, Long> ends(Collection<Integer> partitions) {
        try (TopicReader asking = new TopicReader(plan.settings(), servers, plan.topic(), true, text -> {})) {
            return asking.ends(partitions);
        }
    }

    @Override
    public void close() {
        cancel.close();
        TopicReader open = reader;
        if (open != null) {
            open.close();
        }
        admin.close();
        session.close();
    }
}
