package dev.millrace.core.graph;

/** A step that can tell what it would do if it ran now. */
public interface Outlook {
    /**
     * A few words such as {@code incremental from id > 41}. Reads what is remembered in the warehouse, asks no system
     * outside, changes nothing.
     *
     * @param warehouse whether there is a warehouse to look at; it is not opened otherwise
     * @throws dev.millrace.core.MillraceException if the warehouse cannot be read
     */
    String outlook(boolean warehouse);
}
