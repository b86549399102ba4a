package dev.millrace.cdc.internal.source;

import com.github.shyiko.mysql.binlog.GtidSet;
import dev.millrace.cdc.internal.config.TableId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * With global transaction ids it resumes after the last transaction that ended. Without them, as MySQL comes, it
 * resumes where Debezium's records say: before the last transaction, or after what went by since. Either way the server
 * sends a transaction from its first change on, and as many changes of each table as had been applied are dropped.
 */
final class MySqlTracker implements Tracker {
    private static final String GTIDS = "gtids";
    /** Which part of Debezium's offset is the place; by the last two it compares places of different servers. */
    private static final List<String> PLACE = List.of(BinlogPlace.FILE, BinlogPlace.POS, "server_id", "ts_sec");

    private final Map<String, Long> applied = new LinkedHashMap<>();
    private final Map<String, Long> replayed = new HashMap<>();
    private final Map<String, Object> place = new LinkedHashMap<>();
    /** Where this run began; a server that has come to have ids since then sends its whole log. */
    private final Optional<BinlogPlace> start;

    private @Nullable GtidSet gtids;

    MySqlTracker(Map<String, Object> offset, Map<String, Long> applied) {
        keep(offset);
        this.gtids = offset.get(GTIDS) instanceof String known ? new GtidSet(known) : null;
        this.start = gtids == null ? BinlogPlace.of(offset) : Optional.empty();
        this.applied.putAll(applied);
        this.replayed.putAll(applied);
    }

    private void keep(Map<String, ?> offset) {
        PLACE.forEach(key -> {
            Object value = offset.get(key);
            if (value != null) {
                place.put(key, value);
            }
        });
    }

    private void moved() {
        applied.clear();
        replayed.clear();
    }

    private boolean isBeforeStart(SourceRecord record) {
        return start.isPresent()
                && BinlogPlace.of(record.sourceOffset())
                        .filter(at -> at.compareTo(start.get()) < 0)
                        .isPresent();
    }

    @Override
    public void pass(SourceRecord record) {
        if (isBeforeStart(record)) {
            return;
        }
        Map<String, ?> offset = record.sourceOffset();
        boolean elsewhere = !BinlogPlace.of(offset).equals(BinlogPlace.of(place));
        keep(offset);
        if (!(offset.get(GTIDS) instanceof String before)) {
            if (elsewhere) {
                moved();
            }
            return;
        }
        GtidSet reached = gtids;
        if (reached == null || reached.isContainedWithin(new GtidSet(before))) {
            reached = new GtidSet(before);
            gtids = reached;
        }
        Optional<String> ended = ended(record);
        if (ended.isPresent()) {
            reached.add(ended.get());
            moved();
        }
    }

    /** The id of the transaction that ends with the record. */
    private static Optional<String> ended(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return Optional.empty();
        }
        if (isTruncate(value)) {
            return gtid(value.getStruct("source").getString("gtid"));
        }
        return value.schema().field("status") != null && "END".equals(value.getString("status"))
                ? gtid(value.getString("id"))
                : Optional.empty();
    }

    private static Optional<String> gtid(@Nullable String id) {
        return Optional.ofNullable(id).filter(text -> text.matches("[0-9a-fA-F-]{36}:\\d+"));
    }

    private static boolean isTruncate(Struct value) {
        return value.schema().field("op") != null && "t".equals(value.getString("op"));
    }

    @Override
    public boolean take(SourceRecord record, TableId table) {
        if (isBeforeStart(record)) {
            return false;
        }
        pass(record);
        if (record.value() instanceof Struct value && isTruncate(value)) {
            // The place is after it already.
            return true;
        }
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
        Map<String, Object> offset = new LinkedHashMap<>(place);
        if (gtids != null) {
            offset.put(GTIDS, gtids.toString());
        }
        return new Place(
                offset,
                applied,
                BinlogPlace.of(place).map(BinlogPlace::toString).orElse(""));
    }
}
