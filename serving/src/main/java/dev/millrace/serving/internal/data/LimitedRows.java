package dev.millrace.serving.internal.data;

import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands rows to a writer and stops the query after a number of them. */
final class LimitedRows implements RowConsumer {
    /** Stops the query from inside. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Enough() {
            super("enough rows", null, false, false);
        }
    }

    private final RowWriter writer;
    private final long limit;
    private long count;

    LimitedRows(RowWriter writer, long limit) {
        this.writer = writer;
        this.limit = limit;
    }

    long count() {
        return count;
    }

    @Override
    public void columns(List<Column> columns) {
        try {
            writer.begin(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(@Nullable Object[] values) {
        if (count == limit) {
            throw new Enough();
        }
        count++;
        try {
            writer.row(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
