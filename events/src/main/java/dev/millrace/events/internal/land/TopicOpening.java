package dev.millrace.events.internal.land;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.StepContext;
import dev.millrace.events.internal.kafka.TopicAdmin;
import dev.millrace.events.internal.kafka.TopicReader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds where a topic is to be read on, and makes its table ready. Used by one thread. */
final class TopicOpening {
    /** Schemas and the state's table are made by one flow at a time: two at once would conflict. */
    private static final Object PREPARATION = new Object();

    private final TopicPlan plan;
    private final String servers;
    private final Session session;
    private final StepContext context;
    private final TopicTable table;

    TopicOpening(TopicPlan plan, String servers, Session session, StepContext context) {
        this.plan = plan;
        this.servers = servers;
        this.session = session;
        this.context = context;
        this.table = new TopicTable(session, plan);
    }

    /** A topic that is being read. */
    record Opened(TopicReader reader, TopicState state, List<TopicColumn> columns) {}

    /** @param fullRefresh whether to forget what has been landed */
    void prepare(boolean fullRefresh) {
        synchronized (PREPARATION) {
            session.createSchema(plan.relation().database(), plan.relation().schema());
            StateStore.create(session);
        }
        if (fullRefresh) {
            TopicState.read(session, plan.stateKey()).ifPresentOrElse(this::forget, this::drop);
        }
    }

    private void drop() {
        session.inTransaction(() -> {
            table.drop();
            return null;
        });
    }

    /** Batches keep counting, so that whoever reads what came after a batch sees the new rows. */
    private TopicState forget(TopicState before) {
        TopicState anew = before.anew();
        session.inTransaction(() -> {
            table.drop();
            anew.write(session, plan.stateKey());
            return null;
        });
        return anew;
    }

    /** A topic without messages, or that does not exist yet, has a table already, for models to read. */
    void createTable() {
        session.inTransaction(() -> {
            if (!table.exists()) {
                table.create(table.declared(), Set.of());
            }
            return null;
        });
    }

    /** Begins to read the topic behind what has been landed of it. */
    Opened begin(TopicAdmin.Topic topic) {
        TopicState known = known(topic);
        TopicReader reader =
                new TopicReader(plan.settings(), servers, plan.topic(), plan.restartsWhenLost(), this::warn);
        try {
            Map<Integer, Long> positions = positions(topic, known, reader);
            Opened opened = session.inTransaction(() -> {
                List<TopicColumn> columns = columns(known);
                TopicState state = known.of(topic.id()).after(positions, known.batch(), columns);
                state.write(session, plan.stateKey());
                return new Opened(reader, state, columns);
            });
            reader.start(positions);
            return opened;
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    private TopicState known(TopicAdmin.Topic topic) {
        Optional<TopicState> state = TopicState.read(session, plan.stateKey());
        if (state.isEmpty() || state.get().isNew()) {
            return state.orElse(TopicState.NONE);
        }
        TopicState known = state.get();
        if (known.batch() > 0 && !table.exists()) {
            warn("the table " + plan.relation() + " is gone; topic " + plan.topic() + " is read from the start");
            return forget(known);
        }
        if (!known.topicId().equals(topic.id())) {
            lost("topic " + plan.topic() + " was deleted and made anew since it was last read");
            // What was landed stays; the new topic begins at its beginning.
            return new TopicState(topic.id(), Map.of(), known.batch(), known.columns());
        }
        return known;
    }

    private Map<Integer, Long> positions(TopicAdmin.Topic topic, TopicState known, TopicReader reader) {
        Map<Integer, Long> positions = new HashMap<>(known.positions());
        List<Integer> missing = topic.partitions().stream()
                .filter(partition -> !positions.containsKey(partition))
                .toList();
        if (!missing.isEmpty()) {
            boolean latest = plan.fromLatest() && known.isNew();
            positions.putAll(latest ? reader.ends(missing) : reader.first(missing));
        }
        return positions;
    }

    private List<TopicColumn> columns(TopicState known) {
        if (!table.exists()) {
            return table.declared();
        }
        List<TopicColumn> before = known.topicColumns(plan.columns());
        return table.reconcile(before.isEmpty() ? table.declared() : before);
    }

    private void lost(String what) {
        if (!plan.restartsWhenLost()) {
            throw new MillraceException(
                    ErrorCode.OFFSETS_LOST,
                    what,
                    null,
                    "Set 'on_lost_offsets: restart' to read the new topic behind what was landed of the old one, or run"
                            + " with --full-refresh to begin with an empty table.",
                    null);
        }
        warn(what + "; the new one is read from its beginning");
    }

    private void warn(String message) {
        context.log(LogLevel.WARN, message);
    }
}
