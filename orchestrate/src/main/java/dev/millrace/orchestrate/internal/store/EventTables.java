package dev.millrace.orchestrate.internal.store;

import dev.millrace.core.run.NodeResult;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where the events of runs are written. Thread-safe. */
public final class EventTables {
    private final Database database;

    public EventTables(Database database) {
        this.database = database;
    }

    /** @return the event's sequence */
    public long append(String runId, Instant at, String name, String json) {
        return database.first(
                        row -> row.getLong(1),
                        "insert into events (run_id, at, name, json) values (?, ?, ?, ?) returning sequence",
                        runId,
                        Columns.micros(at),
                        name,
                        json)
                .orElse(0L);
    }

    public void nodeStarted(String runId, String nodeId, int place, Instant at) {
        database.update(
                "insert into node_runs (run_id, node_id, place, started_at) values (?, ?, ?, ?)"
                        + " on conflict (run_id, node_id) do update set place = excluded.place,"
                        + " started_at = excluded.started_at, status = null, finished_at = null, rows = null,"
                        + " failures = null, message = '', attempts = 0, thread = ''",
                runId,
                nodeId,
                place,
                Columns.micros(at));
    }

    public void nodeFinished(String runId, NodeResult result, int place) {
        database.update(
                "insert into node_runs (run_id, node_id, place, status, started_at, finished_at, rows, failures,"
                        + " message, attempts, thread) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (run_id, node_id) do update set place = excluded.place,"
                        + " status = excluded.status, started_at = excluded.started_at,"
                        + " finished_at = excluded.finished_at, rows = excluded.rows,"
                        + " failures = excluded.failures, message = excluded.message,"
                        + " attempts = excluded.attempts, thread = excluded.thread",
                runId,
                result.node().id().toString(),
                place,
                result.status().key(),
                Columns.micros(result.started()),
                Columns.micros(result.finished()),
                number(result.rows()),
                number(result.failures()),
                result.message(),
                result.attempts(),
                result.thread());
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
