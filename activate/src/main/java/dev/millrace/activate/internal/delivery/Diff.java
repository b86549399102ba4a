package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sync has to do: the model, read once, against what was delivered. All of it is worked out in the warehouse and
 * lies there in temporary tables of the session, to be fetched page by page.
 */
final class Diff {
    /** Every row of the model: its key as text, its hash, its values. */
    private static final String SOURCE = "millrace_sync_source";
    /** Rows that cannot be sent: without a key, or with a key that other rows have too. */
    static final String INVALID = "millrace_sync_invalid";
    /** Rows to send. */
    static final String CHANGES = "millrace_sync_changes";
    /** Delivered records whose row left the model. */
    static final String DEPARTED = "millrace_sync_departed";

    private final Session session;
    private final ModelColumns columns;
    private final int width;
    private final Counts counts;

    /**
     * How much there is to do.
     *
     * @param total rows of the model
     * @param departed records to delete; 0 unless the sync is a mirror
     */
    record Counts(long total, long invalid, long changes, long departed) {
        long unchanged() {
            return total - invalid - changes;
        }
    }

    /** A record to delete. */
    record Departed(long number, String key, String destinationId, long deliveredMicros, Change.Past past) {}

    /**
     * A row that cannot be sent.
     *
     * @param key null when it has none
     * @param copies rows that share the key
     */
    record Invalid(@Nullable String key, long copies, Change.Past past, List<@Nullable Object> values) {}

    /**
     * Works out the difference in the session's current transaction.
     *
     * @param delivered the delivered table, or a stand-in
     * @param rejected the rejected table, or a stand-in
     * @param everything whether to send rows that did not change too
     */
    static Diff of(
            Session session,
            Sync sync,
            ModelColumns columns,
            List<MappedField> keys,
            String delivered,
            String rejected,
            boolean everything) {
        session.execute("create temp table " + SOURCE + " as select " + columns.key(keys) + " as row_key, "
                + columns.hash(keys) + " as row_hash, " + columns.selected() + " from "
                + session.dialect().quote(sync.source().relation()));
        String past = "(select key, min(first_attempt_at) as first_attempt_at, max(attempts) as attempts from "
                + rejected + " p where key is not null group by key)";
        String values = columns.selectedNames();
        session.execute("create temp table " + INVALID
                + " as select row_number() over () as number, s.row_key, coalesce(d.copies, 1) as copies,"
                + " r.first_attempt_at, r.attempts, " + values + " from " + SOURCE + " s"
                + " left join (select row_key, count(*) as copies from " + SOURCE
                + " where row_key is not null group by row_key having count(*) > 1) d on d.row_key = s.row_key"
                + " left join " + past + " r on r.key = s.row_key"
                + " where s.row_key is null or trim(s.row_key) = '' or d.copies is not null");
        boolean insert = sync.options().mode() == SyncMode.INSERT;
        // An empty hash marks a record that is to be sent again.
        String changed = everything
                ? "1 = 1"
                : insert ? "d.key is null or d.hash = ''" : "d.key is null or d.hash <> s.row_hash";
        session.execute("create temp table " + CHANGES
                + " as select row_number() over () as number, s.row_key, s.row_hash, d.key is not null as known,"
                + " d.delivered_at, r.first_attempt_at, r.attempts, " + values + " from " + SOURCE + " s"
                + " left join " + delivered + " d on d.key = s.row_key"
                + " left join " + past + " r on r.key = s.row_key"
                + " where s.row_key is not null and trim(s.row_key) <> ''"
                + " and not exists (select 1 from " + INVALID + " i where i.row_key = s.row_key)"
                + " and (" + changed + ")");
        session.execute("create temp table " + DEPARTED
                + " as select row_number() over () as number, d.key as row_key, d.destination_id, d.delivered_at,"
                + " r.first_attempt_at, r.attempts from " + delivered + " d"
                + " left join " + past + " r on r.key = d.key"
                + " where not exists (select 1 from " + SOURCE + " s where s.row_key = d.key)");
        Counts counts = new Counts(
                count(session, SOURCE),
                count(session, INVALID),
                count(session, CHANGES),
                sync.options().mode() == SyncMode.MIRROR ? count(session, DEPARTED) : 0);
        session.execute("drop table " + SOURCE);
        refuseToEmpty(sync, counts);
        return new Diff(session, columns, sync.mapping().size(), counts);
    }

    private static void refuseToEmpty(Sync sync, Counts counts) {
        if (counts.total() == 0 && counts.departed() > 0 && !sync.options().allowEmpty()) {
            throw new MillraceException(
                    ErrorCode.ROWS_REJECTED,
                    sync.source().node() + " has no rows: the mirror would delete all " + counts.departed()
                            + " records of " + sync.destination(),
                    sync.source().position(),
                    "If that is meant, say 'allow_empty: true' in the sync.",
                    null);
        }
    }

    private Diff(Session session, ModelColumns columns, int width, Counts counts) {
        this.session = session;
        this.columns = columns;
        this.width = width;
        this.counts = counts;
    }

    Counts counts() {
        return counts;
    }

    /** At most {@code limit} changes after number {@code after}. */
    List<Change> changes(long after, int limit) {
        List<Change> page = new ArrayList<>();
        session.forEachRow(
                "select number, row_key, row_hash, known, delivered_at, first_attempt_at, attempts, "
                        + columns.selectedNames() + " from " + CHANGES
                        + " where number > ? and number <= ? order by number",
                row -> page.add(new Change(
                        number(row[0]),
                        text(row[1]),
                        text(row[2]),
                        Boolean.TRUE.equals(row[3]),
                        micros(row[4]),
                        past(row[5], row[6]),
                        values(row, 7))),
                after,
                after + limit);
        return page;
    }

    List<Invalid> invalid(long after, int limit) {
        List<Invalid> page = new ArrayList<>();
        session.forEachRow(
                "select row_key, copies, first_attempt_at, attempts, " + columns.selectedNames() + " from " + INVALID
                        + " where number > ? and number <= ? order by number",
                row -> page.add(new Invalid(
                        row[0] == null ? null : text(row[0]), number(row[1]), past(row[2], row[3]), values(row, 4))),
                after,
                after + limit);
        return page;
    }

    List<Departed> departed(long after, int limit) {
        List<Departed> page = new ArrayList<>();
        session.forEachRow(
                "select number, row_key, destination_id, delivered_at, first_attempt_at, attempts from " + DEPARTED
                        + " where number > ? and number <= ? order by number",
                row -> page.add(
                        new Departed(number(row[0]), text(row[1]), text(row[2]), micros(row[3]), past(row[4], row[5]))),
                after,
                after + limit);
        return page;
    }

    private List<@Nullable Object> values(@Nullable Object[] row, int from) {
        return Arrays.asList(Arrays.copyOfRange(row, from, from + width));
    }

    private static Change.Past past(@Nullable Object firstAttempt, @Nullable Object attempts) {
        return firstAttempt != null && attempts instanceof Number count
                ? new Change.Past(micros(firstAttempt), count.longValue())
                : Change.Past.NONE;
    }

    private static long micros(@Nullable Object at) {
        return at instanceof OffsetDateTime instant
                ? ChronoUnit.MICROS.between(java.time.Instant.EPOCH, instant.toInstant())
                : 0;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static long count(Session session, String table) {
        return session.query("select count(*) from " + table).singleLong();
    }
}
