package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.TableId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Resumes after the last transaction that ended, by its global id. The server then sends what follows from its first
 * change on; as many changes of each table as had been applied are dropped. Debezium's own offset at that record would
 * be the transaction's beginning.
 */
final class MariaDbTracker implements Tracker {
    private static final String GTIDS = "gtids";
    private static final String FILE = "file";
    private static final String POS = "pos";

    private final Map<String, Long> applied = new LinkedHashMap<>();
    private final Map<String, Long> replayed = new HashMap<>();
    private @Nullable Object file;
    private @Nullable Object pos;
    private Gtids place;

    MariaDbTracker(Map<String, Object> offset, Map<String, Long> applied) {
        this.place = Gtids.parse(offset.get(GTIDS));
        this.file = offset.get(FILE);
        this.pos = offset.get(POS);
        this.applied.putAll(applied);
        this.replayed.putAll(applied);
    }

    @Override
    public void pass(SourceRecord record) {
        if (file == null) {
            file = record.sourceOffset().get(FILE);
            pos = record.sourceOffset().get(POS);
            place = Gtids.parse(record.sourceOffset().get(GTIDS));
        }
        String ended = ended(record);
        if (ended != null) {
            file = record.sourceOffset().get(FILE);
            pos = record.sourceOffset().get(POS);
            place = place.with(ended);
            applied.clear();
            replayed.clear();
        }
    }

    private static @Nullable String ended(SourceRecord record) {
        return transaction(record, "END");
    }

    /** The id of the transaction of which the record says that it begins or ends. */
    static @Nullable String transaction(SourceRecord record, String status) {
        if (!(record.value() instanceof Struct value)
                || value.schema().field("status") == null
                || value.schema().field("id") == null
                || !status.equals(value.getString("status"))) {
            return null;
        }
        String id = value.getString("id");
        return id != null && Gtids.isGtid(id) ? id : null;
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
        Map<String, Object> offset = new LinkedHashMap<>();
        if (file != null && pos != null) {
            offset.put(FILE, file);
            offset.put(POS, pos);
        }
        if (!place.last().isEmpty()) {
            offset.put(GTIDS, place.toString());
        }
        return new Place(offset, applied, place.toString());
    }
}
