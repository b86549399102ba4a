package dev.millrace.orchestrate.internal.store;

import dev.millrace.core.graph.Status;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The queue: who works on what, and for how long that may be believed. Thread-safe, and safe among processes. */
public final class QueueTable {
    private static final int MOST_ATTEMPTS = 10;

    private final Database database;

    public QueueTable(Database database) {
        this.database = database;
    }

    /**
     * Takes the oldest waiting run whose pipeline has room, and makes it {@code owner}'s.
     *
     * @param onlyPipeline if present, runs of others are left alone
     */
    public Optional<RunRecord> claim(String owner, Optional<String> onlyPipeline, Instant leaseUntil, Instant now) {
        if (database.first(row -> row.getInt(1), "select 1 from runs where state = 'queued' limit 1")
                .isEmpty()) {
            return Optional.empty();
        }
        return database.transaction(() -> {
            Optional<RunRecord> next = database.first(
                    Columns::run,
                    "select * from runs r where state = 'queued' and (max_active = 0 or max_active > (select count(*)"
                            + " from runs o where o.pipeline = r.pipeline and o.state = 'running'))"
                            + " and (? is null or pipeline = ?) order by number limit 1",
                    onlyPipeline.orElse(null),
                    onlyPipeline.orElse(null));
            if (next.isEmpty()) {
                return Optional.<RunRecord>empty();
            }
            String id = next.get().id();
            database.update(
                    "update runs set state = 'running', attempt = attempt + 1, owner = ?, lease_until = ?,"
                            + " started_at = coalesce(started_at, ?), error = null where id = ?",
                    owner,
                    Columns.micros(leaseUntil),
                    Columns.micros(now),
                    id);
            return database.first(Columns::run, "select * from runs where id = ?", id);
        });
    }

    /** Says that {@code owner} is alive, and tells which of its runs others want to stop. */
    public List<String> heartbeat(String owner, Instant leaseUntil) {
        return database.transaction(() -> {
            database.update(
                    "update runs set lease_until = ? where owner = ? and state = 'running'",
                    Columns.micros(leaseUntil),
                    owner);
            return database.query(
                    row -> row.getString(1),
                    "select id from runs where owner = ? and state = 'running' and cancelling = 1",
                    owner);
        });
    }

    /** Ends a run, unless it has been taken away from {@code owner}. */
    public boolean finish(String id, String owner, RunState state, @Nullable String error, Instant now) {
        return database.update(
                        "update runs set state = ?, error = ?, finished_at = ?, owner = null, lease_until = null"
                                + " where id = ? and owner = ? and state = 'running'",
                        state.key(),
                        error,
                        Columns.micros(now),
                        id,
                        owner)
                > 0;
    }

    /** Puts a run that {@code owner} cannot finish back into the queue. */
    public void release(String id, String owner) {
        database.update(
                "update runs set state = 'queued', owner = null, lease_until = null"
                        + " where id = ? and owner = ? and state = 'running'",
                id,
                owner);
    }

    /**
     * Cancels a run that waits, or asks the owner of one that runs to stop it.
     *
     * @return whether there was anything to stop
     */
    public boolean cancel(String id, Instant now) {
        return database.transaction(() -> {
            int waiting = database.update(
                    "update runs set state = 'cancelled', finished_at = ? where id = ? and state = 'queued'",
                    Columns.micros(now),
                    id);
            int running = database.update("update runs set cancelling = 1 where id = ? and state = 'running'", id);
            return waiting + running > 0;
        });
    }

    /**
     * Frees runs whose owner is gone: those of the queue wait again, those of a command line have failed.
     *
     * @param dead tells of an owner whether it is known to have died, whatever its lease says
     * @return the ids
     */
    public List<String> reap(Instant now, Predicate<String> dead) {
        List<String> orphans = database
                .query(
                        row -> List.of(row.getString(1), String.valueOf(row.getString(2)), row.getString(3)),
                        "select id, owner, lease_until < ? from runs where state = 'running'",
                        Columns.micros(now))
                .stream()
                .filter(row -> row.get(2).equals("1") || dead.test(row.get(1)))
                .map(row -> row.get(0))
                .toList();
        if (!orphans.isEmpty()) {
            database.transaction(() -> {
                for (String id : orphans) {
                    free(id, now);
                }
                return true;
            });
        }
        return orphans;
    }

    /** A run that has brought down its process again and again is given up. */
    private void free(String id, Instant now) {
        database.update(
                "update runs set state = case when cancelling = 1 then 'cancelled'"
                        + " when resumable = 1 and attempt < ? then 'queued' else 'failed' end,"
                        + " error = case when cancelling = 1 or (resumable = 1 and attempt < ?) then null"
                        + " else 'its process ended before the run did' end,"
                        + " finished_at = case when resumable = 1 and attempt < ? and cancelling = 0 then null"
                        + " else ? end,"
                        + " owner = null, lease_until = null where id = ? and state = 'running'",
                MOST_ATTEMPTS,
                MOST_ATTEMPTS,
                MOST_ATTEMPTS,
                Columns.micros(now),
                id);
        database.update("delete from node_runs where run_id = ? and status is null", id);
    }

    /** How far a run has come. */
    public void progressed(String id, Map<Status, Integer> counts, int total) {
        database.update("update runs set counts = ?, total = ? where id = ?", Columns.counts(counts), total, id);
    }
}
