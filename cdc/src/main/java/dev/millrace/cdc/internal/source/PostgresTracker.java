package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.TableId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Resumes at the end of the last commit that went by. PostgreSQL sends transactions whole and in the order of their
 * commits, so what follows that place is the transaction that was being read, from its first change on; as many changes
 * of each table as had been applied are dropped. An offset without {@code lsn_proc} makes Debezium stream from exactly
 * there and search for nothing: its own search would skip changes that share a position with the last one (see
 * docs/decisions/0010-resume-at-the-last-commit.md).
 */
final class PostgresTracker implements Tracker {
    private static final String LSN = "lsn";
    private static final String COMMIT = "lsn_commit";

    private final Map<String, Long> applied = new LinkedHashMap<>();
    private final Map<String, Long> replayed = new HashMap<>();
    private long place;

    PostgresTracker(Map<String, Object> offset, Map<String, Long> applied) {
        this.place = number(offset.get(LSN));
        this.applied.putAll(applied);
        this.replayed.putAll(applied);
    }

    @Override
    public void pass(SourceRecord record) {
        long commit = number(record.sourceOffset().get(COMMIT));
        if (commit > place) {
            place = commit;
            applied.clear();
            replayed.clear();
        } else if (place == 0) {
            place = number(record.sourceOffset().get(LSN));
        }
    }

    @Override
    public boolean take(SourceRecord record, TableId table) {
        pass(record);
        String name = table.toString();
        long again = replayed.getOrDefault(name, 0L);
        if (again > 0) {
            replayed.put(name, again - 1);
            return false;
        }
        applied.merge(name, 1L, Long::sum);
        return true;
    }

    @Override
    public Place place() {
        return new Place(Map.of(LSN, place, COMMIT, place), applied, Lsn.text(place));
    }

    private static long number(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
