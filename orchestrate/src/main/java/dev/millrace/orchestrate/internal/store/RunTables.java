package dev.millrace.orchestrate.internal.store;

import dev.millrace.core.graph.NodeId;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs, their nodes and their events, as anybody may read them. Thread-safe. */
public final class RunTables {
    private final Database database;

    public RunTables(Database database) {
        this.database = database;
    }

    public Database database() {
        return database;
    }

    /**
     * @param maxActive how many runs of its pipeline may run at once; 0 for no limit
     * @return empty if the schedule has already had this interval
     */
    public Optional<RunRecord> insert(
            String id, RunRequest request, @Nullable String retryOf, int maxActive, Instant now) {
        int inserted = database.update(
                "insert into runs (id, state, cause, pipeline, interval_start, interval_end, request, retry_of,"
                        + " max_active, queued_at, resumable) values (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, 1)"
                        + " on conflict do nothing",
                id,
                request.cause().key(),
                request.pipeline().orElse(null),
                Columns.micros(request.logicalDate()),
                Columns.micros(request.interval().map(interval -> interval.end())),
                RequestJson.write(request),
                retryOf,
                maxActive,
                Columns.micros(now));
        return inserted == 0 ? Optional.empty() : find(id);
    }

    /** A run that has begun elsewhere than in the queue; nobody takes it over. */
    public void insertRunning(String id, RunRequest request, String owner, Instant leaseUntil, Instant now) {
        database.update(
                "insert into runs (id, state, cause, pipeline, request, attempt, queued_at, started_at, resumable,"
                        + " owner, lease_until) values (?, 'running', ?, ?, ?, 1, ?, ?, 0, ?, ?)",
                id,
                request.cause().key(),
                request.pipeline().orElse(null),
                RequestJson.write(request),
                Columns.micros(now),
                Columns.micros(now),
                owner,
                Columns.micros(leaseUntil));
    }

    public Optional<RunRecord> find(String id) {
        return database.first(Columns::run, "select * from runs where id = ?", id);
    }

    public List<RunRecord> recent(RunFilter filter) {
        StringBuilder sql = new StringBuilder("select * from runs where true");
        List<@Nullable Object> parameters = new ArrayList<>();
        if (!filter.states().isEmpty()) {
            sql.append(filter.states().stream()
                    .map(state -> "'" + state.key() + "'")
                    .collect(Collectors.joining(", ", " and state in (", ")")));
        }
        filter.pipeline().ifPresent(name -> {
            sql.append(" and pipeline = ?");
            parameters.add(name);
        });
        filter.nodeId().ifPresent(node -> {
            sql.append(" and id in (select run_id from node_runs where node_id = ?)");
            parameters.add(node);
        });
        filter.before().ifPresent(before -> {
            sql.append(" and queued_at < ?");
            parameters.add(Columns.micros(before));
        });
        sql.append(" order by number desc limit ?");
        parameters.add(filter.limit());
        return database.query(Columns::run, sql.toString(), parameters.toArray());
    }

    public List<NodeRun> nodes(String runId) {
        return database.query(
                Columns::node, "select * from node_runs where run_id = ? order by started_at, place", runId);
    }

    public List<NodeRun> history(String nodeId, int limit) {
        return database.query(
                Columns::node,
                "select * from node_runs where node_id = ? order by started_at desc limit ?",
                nodeId,
                limit);
    }

    public List<RunLog> events(String runId, long after, int limit) {
        return database.query(
                Columns::event,
                "select * from events where run_id = ? and sequence > ? order by sequence limit ?",
                runId,
                after,
                limit);
    }

    /** The nodes that ended well in a run or in those that it retries. Ids that no longer parse are left out. */
    public Set<NodeId> done(String runId) {
        Set<NodeId> done = new LinkedHashSet<>();
        List<String> ids = database.query(
                row -> row.getString(1),
                "with recursive chain (id) as (select ? union select retry_of from runs join chain using (id)"
                        + " where retry_of is not null)"
                        + " select node_id from node_runs join chain on run_id = chain.id"
                        + " where status in ('success', 'pass', 'warn')",
                runId);
        ids.forEach(id -> parse(id).ifPresent(done::add));
        return done;
    }

    /** A kind of node that this version does not know is not in its graph either. */
    private static Optional<NodeId> parse(String id) {
        try {
            return Optional.of(NodeId.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How many runs of a pipeline wait or run. */
    public int active(String pipeline) {
        return database.first(
                        row -> row.getInt(1),
                        "select count(*) from runs where pipeline = ? and state in ('queued', 'running')",
                        pipeline)
                .orElse(0);
    }

    /** The state of the last run of a pipeline that ended before {@code run} did. */
    public Optional<RunState> stateBefore(RunRecord run) {
        return run.request()
                .pipeline()
                .flatMap(name -> database.first(
                        Columns::run,
                        "select * from runs where pipeline = ? and id <> ? and state in ('succeeded', 'failed')"
                                + " order by finished_at desc limit 1",
                        name,
                        run.id()))
                .map(RunRecord::state);
    }

    /** Forgets the events of runs that ended before {@code limit}. */
    public int forgetEvents(Instant limit) {
        return database.update(
                "delete from events where run_id in (select id from runs where finished_at < ?)",
                Columns.micros(limit));
    }
}
