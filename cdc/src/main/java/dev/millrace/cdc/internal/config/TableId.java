package dev.millrace.cdc.internal.config;

/** A table of a source: {@code schema.table}, where MySQL's databases count as schemas. */
public record TableId(String schema, String table) implements Comparable<TableId> {
    public static TableId parse(String text) {
        int dot = text.indexOf('.');
        return new TableId(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public int compareTo(TableId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
