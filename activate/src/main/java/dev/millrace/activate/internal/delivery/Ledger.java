package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes down what became of each record, batch by batch, each in one transaction. */
final class Ledger {
    private final Session session;
    private final SyncTables tables;
    private final Clock clock;
    private final String delivered;
    private final String rejected;

    Ledger(Session session, SyncTables tables, Clock clock) {
        this.session = session;
        this.tables = tables;
        this.clock = clock;
        this.delivered = session.dialect().quote(tables.delivered());
        this.rejected = session.dialect().quote(tables.rejected());
    }

    /** A record the destination took. */
    record Taken(Change change, String destinationId) {}

    /** A record the destination did not take, or that was not offered to it. */
    record Refused(@Nullable String key, String record, Rejection rejection, Change.Past past) {}

    /** Marks every record as to be sent again. */
    void forgetHashes() {
        session.execute("update " + delivered + " set hash = ''");
    }

    /**
     * Forgets rejections that are no longer due, and records whose row left the model unless they are to be deleted.
     */
    void begin(boolean mirror) {
        session.execute("delete from " + rejected + " where key is null or key in (select row_key from " + Diff.INVALID
                + ") or not exists (select 1 from " + Diff.CHANGES + " c where c.row_key = key)"
                + (mirror ? " and not exists (select 1 from " + Diff.DEPARTED + " d where d.row_key = key)" : ""));
        if (!mirror) {
            session.execute("delete from " + delivered + " where key in (select row_key from " + Diff.DEPARTED + ")");
        }
    }

    /**
     * Writes down one batch of changes.
     *
     * @param batch in the order of their numbers, each in one of the other lists
     */
    void record(List<Change> batch, List<Taken> taken, List<Refused> refused) {
        session.inTransaction(() -> {
            if (taken.stream().anyMatch(item -> item.change().known())) {
                List<Long> sent =
                        taken.stream().map(item -> item.change().number()).toList();
                session.execute("delete from " + delivered + " where key in (" + keys(Diff.CHANGES, sent) + ")");
            }
            if (batch.stream().anyMatch(change -> change.past().attempts() > 0)) {
                List<Long> all = batch.stream().map(Change::number).toList();
                session.execute("delete from " + rejected + " where key in (" + keys(Diff.CHANGES, all) + ")");
            }
            long now = now();
            append(
                    tables.delivered(),
                    SyncTables.DELIVERED,
                    taken.stream()
                            .map(item -> new @Nullable Object[] {
                                item.change().key(), item.change().hash(), item.destinationId(), now
                            })
                            .toList());
            reject(refused);
            return null;
        });
    }

    /**
     * Writes down what became of deletions.
     *
     * @param gone those of {@code batch} that the destination no longer holds
     */
    void recordDeletions(List<Diff.Departed> batch, List<Diff.Departed> gone, List<Refused> refused) {
        session.inTransaction(() -> {
            if (!gone.isEmpty()) {
                session.execute("delete from " + delivered + " where key in (" + departed(gone) + ")");
            }
            session.execute("delete from " + rejected + " where key in (" + departed(batch) + ")");
            reject(refused);
            return null;
        });
    }

    private static String departed(List<Diff.Departed> records) {
        return keys(Diff.DEPARTED, records.stream().map(Diff.Departed::number).toList());
    }

    /** Adds rows to the rejected table; earlier ones of the same key must be gone. */
    void reject(List<Refused> refused) {
        long now = now();
        List<@Nullable Object[]> rows = new ArrayList<>(refused.size());
        for (Refused item : refused) {
            Change.Past past = item.past();
            rows.add(new @Nullable Object[] {
                item.key(),
                item.record(),
                item.rejection().code(),
                item.rejection().message(),
                String.join(", ", item.rejection().fields()),
                past.attempts() == 0 ? now : past.firstAttemptMicros(),
                now,
                past.attempts() + 1
            });
        }
        append(tables.rejected(), SyncTables.REJECTED, rows);
    }

    private void append(RelationName table, List<Field> fields, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            session.load(new Load(table, fields, List.of(), 1, count -> {}), new RowsReader(rows));
        }
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Selects the keys of some rows; they are neighbours but for a few, so they are named by their range. */
    private static String keys(String table, List<Long> numbers) {
        long first = numbers.get(0);
        long last = numbers.get(numbers.size() - 1);
        Set<Long> included = new HashSet<>(numbers);
        String excluded = LongStream.rangeClosed(first, last)
                .filter(number -> !included.contains(number))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
        return "select row_key from " + table + " where number between " + first + " and " + last
                + (excluded.isEmpty() ? "" : " and number not in (" + excluded + ")");
    }
}
