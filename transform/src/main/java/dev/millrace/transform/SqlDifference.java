package dev.millrace.transform;

import java.util.List;

/**
 * In what a query differs from an earlier one, seen by those who read its result.
 *
 * @param breaking whether they may find something else than before in what they already read; true also when that
 *     cannot be told
 * @param added columns that are new
 * @param removed columns that are gone
 * @param changed columns that are made in another way
 * @param notes what else differs, in a few words each
 */
public record SqlDifference(
        boolean breaking, List<String> added, List<String> removed, List<String> changed, List<String> notes) {
    /** The same query, but for its formatting. */
    public static final SqlDifference NONE = new SqlDifference(false, List.of(), List.of(), List.of(), List.of());

    public SqlDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
        notes = List.copyOf(notes);
    }

    /** A difference in something that reaches every column. */
    public static SqlDifference breaking(String note) {
        return new SqlDifference(true, List.of(), List.of(), List.of(), List.of(note));
    }

    /** Columns more, and nothing else. */
    public static SqlDifference adding(List<String> columns) {
        return new SqlDifference(false, columns, List.of(), List.of(), List.of());
    }

    /** Whether it is the same query. */
    public boolean none() {
        return equals(NONE);
    }
}
