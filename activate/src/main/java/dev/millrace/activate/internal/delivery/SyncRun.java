package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Departure;
import dev.millrace.activate.internal.destination.Encoded;
import dev.millrace.activate.internal.destination.Item;
import dev.millrace.activate.internal.destination.Outcome;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One run of one sync: works out the difference, sends it batch by batch, and writes down what became of each batch
 * before it sends the next. A crash in between only repeats the batch that was under way.
 */
final class SyncRun {
    private static final int BATCHES_PER_PAGE = 10;
    private static final int LEAST_PER_PAGE = 1_000;
    private static final int SAMPLE = 5;

    private final StepContext context;
    private final Session session;
    private final Sync sync;
    private final ModelColumns columns;
    private final Delivery delivery;
    private final boolean dryRun;
    private final boolean fullRefresh;
    private final SyncTables tables;
    private final Ledger ledger;
    private final int pageSize;

    SyncRun(
            StepContext context,
            Session session,
            Sync sync,
            ModelColumns columns,
            Delivery delivery,
            boolean dryRun,
            boolean fullRefresh,
            Clock clock) {
        this.context = context;
        this.session = session;
        this.sync = sync;
        this.columns = columns;
        this.delivery = delivery;
        this.dryRun = dryRun;
        this.fullRefresh = fullRefresh;
        this.tables = SyncTables.of(session.warehouse(), sync.name());
        this.ledger = new Ledger(session, tables, clock);
        this.pageSize = Math.max(LEAST_PER_PAGE, sync.options().batchSize() * BATCHES_PER_PAGE);
    }

    StepResult run() {
        Diff diff = difference();
        Tally tally = new Tally(sync.options().mode(), diff.counts());
        try {
            reject(diff, tally);
            send(diff, tally);
            delete(diff, tally);
        } catch (MillraceException e) {
            if (tally.sent() > 0 && !dryRun) {
                context.log(
                        LogLevel.WARN,
                        Tally.number(tally.sent()) + " rows had been delivered; the next run goes on from there");
            }
            throw e;
        } finally {
            tally.reasons().forEach(line -> context.log(LogLevel.WARN, line));
        }
        if (tally.rejected() > 0 && !dryRun) {
            context.log(
                    LogLevel.WARN,
                    "rejected rows are in " + tables.rejected() + "; they are tried again with every run");
        }
        return tally.result(dryRun);
    }

    private Diff difference() {
        if (dryRun) {
            return Diff.of(
                    session,
                    sync,
                    columns,
                    delivery.keys(),
                    existing(SyncTables.DELIVERED, tables.delivered()),
                    existing(SyncTables.REJECTED, tables.rejected()),
                    fullRefresh);
        }
        createTables(session.warehouse());
        return session.inTransaction(() -> {
            if (fullRefresh) {
                ledger.forgetHashes();
            }
            Diff diff = Diff.of(
                    session,
                    sync,
                    columns,
                    delivery.keys(),
                    session.dialect().quote(tables.delivered()),
                    session.dialect().quote(tables.rejected()),
                    fullRefresh);
            ledger.begin(sync.options().mode() == SyncMode.MIRROR);
            return diff;
        });
    }

    /** Syncs that start together must not create the schema together: one of them would fail. */
    private void createTables(Warehouse warehouse) {
        synchronized (warehouse) {
            tables.create(session);
        }
    }

    private String existing(List<Field> fields, RelationName table) {
        return session.relationType(table).isPresent()
                ? session.dialect().quote(table)
                : SyncTables.emptyOf(session.dialect(), fields);
    }

    /** Writes down the rows that cannot be sent because of their key. */
    private void reject(Diff diff, Tally tally) {
        if (diff.counts().invalid() == 0) {
            return;
        }
        session.inTransaction(() -> {
            for (long done = 0; done < diff.counts().invalid(); done += pageSize) {
                List<Ledger.Refused> refused = diff.invalid(done, pageSize).stream()
                        .map(this::withoutKey)
                        .toList();
                tally.rejected(refused);
                if (!dryRun) {
                    ledger.reject(refused);
                }
                stopIfCancelled();
            }
            return null;
        });
        stopIfTooMany(tally);
    }

    private Ledger.Refused withoutKey(Diff.Invalid row) {
        List<MappedField> keys = delivery.keys();
        String column = keys.stream().map(MappedField::column).collect(Collectors.joining("', '"));
        List<String> fields = keys.stream().map(MappedField::field).toList();
        String key = row.key();
        boolean missing = key == null || key.isBlank();
        Rejection why = missing
                ? new Rejection("KEY_MISSING", "'" + column + "' has no value", fields)
                : new Rejection(
                        "DUPLICATE_KEY",
                        "duplicate key '" + key + "' in the model: " + row.copies() + " rows have it",
                        fields);
        String record = delivery.encode(row.values()).record().toString();
        return new Ledger.Refused(missing ? null : key, record, why, row.past());
    }

    private void send(Diff diff, Tally tally) {
        OptionalLong work = OptionalLong.of(diff.counts().changes());
        int batchSize = sync.options().batchSize();
        for (long done = 0; done < diff.counts().changes(); done += pageSize) {
            List<Change> page = diff.changes(done, pageSize);
            for (int from = 0; from < page.size(); from += batchSize) {
                stopIfCancelled();
                send(page.subList(from, Math.min(page.size(), from + batchSize)), tally);
                context.progress(tally.sent(), 0, work);
                stopIfTooMany(tally);
            }
        }
    }

    private void send(List<Change> batch, Tally tally) {
        List<Change> offered = new ArrayList<>(batch.size());
        List<Item> items = new ArrayList<>(batch.size());
        List<Ledger.Refused> refused = new ArrayList<>();
        for (Change change : batch) {
            Encoded encoded = delivery.encode(change.values());
            if (encoded.problem().isPresent()) {
                refused.add(refusal(
                        change, encoded.record().toString(), encoded.problem().get()));
            } else {
                offered.add(change);
                items.add(new Item(encoded.record(), change.key(), change.known(), token(change)));
            }
        }
        List<Ledger.Taken> taken = new ArrayList<>(offered.size());
        if (dryRun) {
            showSample(items, tally);
            tally.sent(items.stream().map(Item::known).toList());
            tally.rejected(refused);
            return;
        }
        List<Outcome> outcomes = items.isEmpty() ? List.of() : delivery.deliver(items);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Accepted accepted) {
                taken.add(new Ledger.Taken(offered.get(i), accepted.id()));
            } else if (outcomes.get(i) instanceof Outcome.Refused no) {
                refused.add(refusal(offered.get(i), items.get(i).record().toString(), no.rejection()));
            }
        }
        ledger.record(batch, taken, refused);
        tally.sent(taken.stream().map(item -> item.change().known()).toList());
        tally.rejected(refused);
    }

    /** What tells this change from every other of the sync, and is the same when it has to be sent again. */
    private String token(Change change) {
        return token(change.key(), change.deliveredMicros(), change.hash());
    }

    private String token(String key, long deliveredMicros, String hash) {
        String text = sync.name() + "\n" + deliveredMicros + "\n" + hash + "\n" + key;
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void showSample(List<Item> items, Tally tally) {
        items.stream()
                .limit(Math.max(0, SAMPLE - tally.sent()))
                .forEach(item -> context.log(LogLevel.INFO, "would " + tally.verb(item.known()) + " " + item.record()));
    }

    private static Ledger.Refused refusal(Change change, String record, Rejection why) {
        return new Ledger.Refused(change.key(), record, why, change.past());
    }

    private void delete(Diff diff, Tally tally) {
        int batchSize = sync.options().batchSize();
        for (long done = 0; done < diff.counts().departed(); done += batchSize) {
            stopIfCancelled();
            List<Diff.Departed> batch = diff.departed(done, batchSize);
            if (dryRun) {
                batch.stream()
                        .limit(Math.max(0, SAMPLE - tally.deleted()))
                        .forEach(record -> context.log(LogLevel.INFO, "would delete '" + record.key() + "'"));
                tally.deleted(batch.size());
                continue;
            }
            List<Outcome> outcomes = delivery.delete(batch.stream()
                    .map(record -> new Departure(
                            record.key(),
                            record.destinationId(),
                            token(record.key(), record.deliveredMicros(), "deleted")))
                    .toList());
            List<Diff.Departed> gone = new ArrayList<>();
            List<Ledger.Refused> refused = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                Diff.Departed record = batch.get(i);
                if (outcomes.get(i) instanceof Outcome.Refused no) {
                    refused.add(new Ledger.Refused(record.key(), "{}", no.rejection(), record.past()));
                } else {
                    gone.add(record);
                }
            }
            ledger.recordDeletions(batch, gone, refused);
            tally.deleted(gone.size());
            tally.rejected(refused);
            stopIfTooMany(tally);
        }
    }

    private void stopIfCancelled() {
        if (context.cancelled()) {
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled");
        }
    }

    private void stopIfTooMany(Tally tally) {
        OptionalLong limit = sync.options().maxRejected();
        if (limit.isPresent() && tally.rejected() > limit.getAsLong()) {
            throw new MillraceException(
                    ErrorCode.ROWS_REJECTED,
                    Tally.number(tally.rejected()) + " rows of " + sync.source().node() + " were rejected; "
                            + Tally.number(limit.getAsLong()) + " are allowed",
                    sync.position(),
                    dryRun ? null : "The reasons are in " + tables.rejected() + ".",
                    null);
        }
    }
}
