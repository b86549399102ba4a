package dev.millrace.sql;

import java.util.Comparator;

/**
 * A column of a table that a query reads.
 *
 * @param table the {@link TableShape#id} of its table
 * @param column as the table writes it
 */
public record SourceColumn(String table, String column) implements Comparable<SourceColumn> {
    private static final Comparator<SourceColumn> ORDER =
            Comparator.comparing(SourceColumn::table).thenComparing(SourceColumn::column);

    @Override
    public int compareTo(SourceColumn other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
