package dev.millrace.activate.internal.delivery;

import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** What a run has done so far. Used by one thread. */
final class Tally {
    private static final int SHOWN_REASONS = 5;
    private static final String INSERT = "insert";
    private static final String UPDATE = "update";

    private final Diff.Counts counts;
    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private final SyncMode mode;
    private long inserted;
    private long updated;
    private long deleted;
    private long rejected;

    Tally(SyncMode mode, Diff.Counts counts) {
        this.mode = mode;
        this.counts = counts;
    }

    /** @param example the first message */
    private record Reason(long count, String example) {}

    /** @param known of each record that was sent, whether it had been delivered before */
    void sent(List<Boolean> known) {
        for (boolean before : known) {
            if (verb(before).equals(INSERT)) {
                inserted++;
            } else {
                updated++;
            }
        }
    }

    /** What sending a record means. */
    String verb(boolean known) {
        return switch (mode) {
            case INSERT -> INSERT;
            case UPDATE -> UPDATE;
            case UPSERT, MIRROR -> known ? UPDATE : INSERT;
        };
    }

    void deleted(int records) {
        deleted += records;
    }

    void rejected(List<Ledger.Refused> rows) {
        rejected += rows.size();
        for (Ledger.Refused row : rows) {
            String where = row.key() == null ? "" : "'" + row.key() + "': ";
            reasons.merge(
                    row.rejection().code(),
                    new Reason(1, where + row.rejection().message()),
                    (known, more) -> new Reason(known.count() + 1, known.example()));
        }
    }

    long sent() {
        return inserted + updated;
    }

    long deleted() {
        return deleted;
    }

    long rejected() {
        return rejected;
    }

    /** One line per reason of rejection. */
    List<String> reasons() {
        List<String> lines = new ArrayList<>();
        reasons.entrySet().stream().limit(SHOWN_REASONS).forEach(entry -> {
            Reason reason = entry.getValue();
            lines.add(number(reason.count()) + " rejected with " + entry.getKey() + ", such as " + reason.example());
        });
        if (reasons.size() > SHOWN_REASONS) {
            lines.add("and for " + (reasons.size() - SHOWN_REASONS) + " other reasons");
        }
        return lines;
    }

    StepResult result(boolean dryRun) {
        StringBuilder message = new StringBuilder(dryRun ? "dry run: would send " : "sent ")
                .append(number(sent()))
                .append(" of ")
                .append(number(counts.total()))
                .append(counts.total() == 1 ? " row (" : " rows (")
                .append(dryRun ? number(inserted) + " to insert, " + number(updated) + " to update, " : "")
                .append(number(counts.unchanged()))
                .append(" unchanged)");
        if (deleted > 0) {
            message.append(dryRun ? ", would delete " : ", deleted ").append(number(deleted));
        }
        if (rejected > 0) {
            message.append(", ").append(number(rejected)).append(" rejected");
        }
        return new StepResult(
                rejected > 0 ? Status.WARN : Status.SUCCESS,
                message.toString(),
                OptionalLong.of(dryRun ? 0 : sent()),
                rejected > 0 ? OptionalLong.of(rejected) : OptionalLong.empty(),
                Map.of(
                        "rows_total", counts.total(),
                        "rows_unchanged", counts.unchanged(),
                        "rows_sent", sent(),
                        "rows_new", inserted,
                        "rows_changed", updated,
                        "rows_rejected", rejected,
                        "records_deleted", deleted,
                        "dry_run", dryRun));
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
