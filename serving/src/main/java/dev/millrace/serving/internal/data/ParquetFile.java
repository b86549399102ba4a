package dev.millrace.serving.internal.data;

import dev.millrace.serving.DataOptions;
import dev.millrace.warehouse.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Parquet file has its table of contents at its end, so it is written whole and then sent. */
final class ParquetFile {
    private ParquetFile() {}

    static long write(Session session, String sql, Object[] values, DataOptions options, OutputStream out)
            throws IOException {
        Files.createDirectories(options.temporary());
        Path file = Files.createTempFile(options.temporary(), "data-", ".parquet");
        try {
            String target = session.dialect().literal(file.toAbsolutePath().toString());
            // The parenthesis on a line of its own, as the query may end in a remark.
            String query = options.maxRows() == Long.MAX_VALUE
                    ? sql + "\n"
                    : "from (" + sql + "\n) limit " + options.maxRows();
            long rows = session.execute(
                    "copy (" + query + ") to " + target + " (format parquet, compression zstd)", values);
            Files.copy(file, out);
            return rows;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
