package dev.millrace.ingest.postgres;

import dev.millrace.ingest.postgres.TableRead.Selected;
import dev.millrace.ingest.source.StreamReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The rows of a COPY, decoded by the threads that ask for them. */
final class CopyReader implements StreamReader {
    private final CopyStream stream;
    private final List<Selected> columns;
    private final PgTable table;
    private final boolean whole;
    private final Optional<String> settledUntil;

    /** Slices with more rows than a batch had room for. */
    private final Queue<RowSlice> rest = new ConcurrentLinkedQueue<>();

    private final Queue<ColumnDecoder[]> decoders = new ConcurrentLinkedQueue<>();

    CopyReader(
            PostgresConnection connection,
            String sql,
            PgTable table,
            List<Selected> columns,
            boolean whole,
            Optional<String> settledUntil) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.whole = whole;
        this.settledUntil = settledUntil;
        this.stream = new CopyStream(connection, sql, columns.size(), table.qualifiedName());
    }

    @Override
    public int read(ColumnWriter[] writers, int capacity) {
        RowSlice slice = rest.poll();
        if (slice == null) {
            slice = fresh();
        }
        if (slice == null) {
            return 0;
        }
        ColumnDecoder[] own = decoders.poll();
        if (own == null) {
            own = newDecoders();
        }
        int rows = Math.min(capacity, slice.count - slice.next);
        for (int c = 0; c < own.length; c++) {
            own[c].decode(slice, c, rows, writers[c]);
        }
        decoders.add(own);
        slice.next += rows;
        if (slice.next < slice.count) {
            rest.add(slice);
        } else {
            stream.recycle(slice);
        }
        return rows;
    }

    private @Nullable RowSlice fresh() {
        RowSlice slice = stream.take();
        if (slice != null) {
            slice.index();
        }
        return slice;
    }

    private ColumnDecoder[] newDecoders() {
        return columns.stream()
                .map(column -> Decoders.decoder(
                        column.mapping(),
                        table.qualifiedName() + "." + column.column().name()))
                .toArray(ColumnDecoder[]::new);
    }

    @Override
    public List<DataType.Field> fields() {
        return columns.stream()
                .map(column -> new DataType.Field(
                        column.column().name(), column.mapping().type()))
                .toList();
    }

    @Override
    public List<String> primaryKey() {
        return table.primaryKey();
    }

    @Override
    public OptionalLong estimatedRows() {
        return whole && table.estimatedRows() > 0 ? OptionalLong.of(table.estimatedRows()) : OptionalLong.empty();
    }

    @Override
    public Optional<String> settledUntil() {
        return settledUntil;
    }

    @Override
    public void cancel() {
        stream.cancel();
    }

    @Override
    public void close() {
        stream.close();
    }
}
