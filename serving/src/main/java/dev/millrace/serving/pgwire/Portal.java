package dev.millrace.serving.pgwire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with its values, ready to run or running. Used by one thread. */
final class Portal implements AutoCloseable {
    private final Prepared prepared;
    private final List<@Nullable Object> values;
    private final RowSender.Formats formats;
    private @Nullable RowCursor cursor;
    private boolean done;

    Portal(Prepared prepared, List<@Nullable Object> values, RowSender.Formats formats) {
        this.prepared = prepared;
        this.values = values;
        this.formats = formats;
    }

    Prepared prepared() {
        return prepared;
    }

    List<@Nullable Object> values() {
        return values;
    }

    RowSender.Formats formats() {
        return formats;
    }

    @Nullable
    RowCursor cursor() {
        return cursor;
    }

    void cursor(RowCursor opened) {
        cursor = opened;
    }

    boolean done() {
        return done;
    }

    void finish() {
        done = true;
    }

    @Override
    public void close() {
        RowCursor open = cursor;
        if (open != null) {
            open.close();
        }
    }
}
