package dev.millrace.warehouse;

/**
 * Rows on their way into a warehouse, in columnar batches. The warehouse pulls: it hands over its own vectors to be
 * filled, so that rows are decoded straight into the place they end in.
 */
public interface BatchReader extends AutoCloseable {
    /**
     * Fills the columns from row 0. May be called from several threads at once, each with its own columns; the order of
     * rows among threads is of no meaning.
     *
     * @param columns in the order of the load's fields
     * @param capacity rows there is room for
     * @return rows written; 0 when there are no more
     * @throws dev.millrace.core.MillraceException if the source fails or a value cannot be taken
     */
    int read(ColumnWriter[] columns, int capacity);

    @Override
    void close();
}
