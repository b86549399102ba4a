package dev.millrace.serving.internal.data;

import dev.millrace.core.MillraceException;
import dev.millrace.serving.DataAnswer;
import dev.millrace.serving.DataFormat;
import dev.millrace.serving.DataOptions;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The rows of a query in a format. */
public final class Answer implements DataAnswer {
    private final Warehouse warehouse;
    private final String sql;
    private final Object[] values;
    private final DataFormat format;
    private final String name;
    private final DataOptions options;

    public Answer(
            Warehouse warehouse, String sql, List<String> values, DataFormat format, String name, DataOptions options) {
        this.warehouse = warehouse;
        this.sql = sql;
        this.values = values.toArray();
        this.format = format;
        this.name = name;
        this.options = options;
    }

    @Override
    public DataFormat format() {
        return format;
    }

    @Override
    public String fileName() {
        return name + "." + format.extension();
    }

    @Override
    public long writeTo(OutputStream out) throws IOException {
        try (Session session = warehouse.open();
                Deadline deadline = Deadline.of(options.timeout(), session)) {
            try {
                return write(session, out);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (MillraceException e) {
                throw deadline.explain(e);
            }
        }
    }

    private long write(Session session, OutputStream out) throws IOException {
        if (format == DataFormat.PARQUET) {
            return ParquetFile.write(session, sql, values, options, out);
        }
        RowWriter writer = switch (format) {
            case JSON -> new JsonRows(out, true);
            case NDJSON -> new JsonRows(out, false);
            case CSV -> new CsvRows(out);
            case ARROW -> new ArrowRows(out, session.dialect());
            case PARQUET -> throw new IllegalStateException();
        };
        LimitedRows rows = new LimitedRows(writer, options.maxRows());
        try {
            session.forEachRow(sql, rows, values);
        } catch (LimitedRows.Enough enough) {
            // The rest is not wanted.
        }
        writer.end();
        return rows.count();
    }
}
