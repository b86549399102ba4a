package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.DeletePolicy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The last state of each row that has changed, by its key. Not thread-safe. */
final class PendingRows {
    private final DeletePolicy deletes;
    private final Map<List<@Nullable Object>, StagedRow> rows = new LinkedHashMap<>();
    /** Rows that were written and then removed, whose values a row of another key may have kept. */
    private final Map<List<@Nullable Object>, StagedRow> gone = new HashMap<>();

    PendingRows(DeletePolicy deletes) {
        this.deletes = deletes;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<StagedRow> take() {
        List<StagedRow> all = List.copyOf(rows.values());
        rows.clear();
        gone.clear();
        return all;
    }

    /** @return the row with what is known of the values that the log does not hold */
    StagedRow add(Change change, StagedRow row) {
        List<@Nullable Object> key = key(Objects.requireNonNull(change.key()));
        if (change.delete()) {
            StagedRow before = rows.get(key);
            if (before != null && before.sign() > 0) {
                gone.put(key, before);
            }
            boolean keeps = deletes == DeletePolicy.SOFT && before != null && before.sign() > 0;
            rows.put(key, keeps && before != null ? before.asDeleted(row) : row);
            return row;
        }
        StagedRow complete = row.kept().isEmpty() ? row : completed(change, key, row);
        rows.put(key, complete);
        return complete;
    }

    private StagedRow completed(Change change, List<@Nullable Object> key, StagedRow row) {
        List<@Nullable Object> oldKey = change.oldKey() == null ? key : key(change.oldKey());
        StagedRow before = change.oldKey() == null ? rows.get(key) : gone.get(oldKey);
        if (before == null || before.sign() < 0) {
            return new StagedRow(
                    row.values(),
                    row.op(),
                    row.position(),
                    row.deleted(),
                    row.sign(),
                    row.committedMicros(),
                    row.sequence(),
                    row.kept(),
                    oldKey);
        }
        List<@Nullable Object> values = new ArrayList<>(row.values());
        BitSet kept = new BitSet();
        row.kept().stream().forEach(i -> {
            values.set(i, before.values().get(i));
            kept.set(i, before.kept().get(i));
        });
        return new StagedRow(
                values,
                row.op(),
                row.position(),
                row.deleted(),
                row.sign(),
                row.committedMicros(),
                row.sequence(),
                kept,
                kept.isEmpty() ? List.of() : before.base());
    }

    private static List<@Nullable Object> key(Struct struct) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Field field : struct.schema().fields()) {
            values.add(struct.get(field));
        }
        return values;
    }
}
