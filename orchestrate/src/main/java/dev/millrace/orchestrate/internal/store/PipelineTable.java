package dev.millrace.orchestrate.internal.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is remembered of pipelines: whether they are paused, and how far their schedule has come. Thread-safe. */
public final class PipelineTable {
    private final Database database;

    public PipelineTable(Database database) {
        this.database = database;
    }

    public Set<String> paused() {
        return Set.copyOf(database.query(row -> row.getString(1), "select name from pipelines where paused = 1"));
    }

    public void pause(String name, boolean paused) {
        database.update(
                "insert into pipelines (name, paused) values (?, ?) on conflict (name) do update set paused ="
                        + " excluded.paused",
                name,
                paused ? 1 : 0);
    }

    /** The end of the last interval that was scheduled, or where the schedule began to count. */
    public Optional<Instant> scheduledUntil(String name) {
        return database.first(
                        row -> Columns.instant(row, "scheduled_until"),
                        "select scheduled_until from pipelines where name = ?",
                        name)
                .flatMap(until -> until);
    }

    public void scheduledUntil(String name, Instant until) {
        database.update(
                "insert into pipelines (name, scheduled_until) values (?, ?) on conflict (name) do update set"
                        + " scheduled_until = excluded.scheduled_until",
                name,
                Columns.micros(until));
    }
}
