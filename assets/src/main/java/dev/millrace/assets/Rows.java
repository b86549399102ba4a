package dev.millrace.assets;

import java.util.List;
import java.util.function.Consumer;

/**
 * An input of an asset. Its text ({@code toString}) is its quoted name, to be put into {@link Sql}. Nothing is read
 * before it is asked for. Used by the thread that makes the asset.
 */
public interface Rows {
    /** Names in order. */
    List<String> columns();

    long count();

    /** Hands over row by row, without holding them. */
    void forEach(Consumer<Row> consumer);

    /** All rows in memory. */
    List<Row> list();

    /** All rows in memory, as records whose components are named after columns. */
    <T extends Record> List<T> list(Class<T> type);
}
