package dev.millrace.serving.internal.data;

import dev.millrace.serving.DataOptions;
import dev.millrace.warehouse.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Parquet file has its table of contents at its end, so it is written whole and then sent. */
final class ParquetFile {
    private static final Duration ABANDONED = Duration.ofDays(1);

    private ParquetFile() {}

    static long write(Session session, String sql, Object[] values, DataOptions options, OutputStream out)
            throws IOException {
        Files.createDirectories(options.temporary());
        deleteAbandoned(options.temporary());
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

    /** What a process that was killed has left. */
    private static void deleteAbandoned(Path folder) throws IOException {
        Instant yesterday = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "data-*.parquet")) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(yesterday)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException gone) {
                    // Its answer has been sent meanwhile.
                }
            }
        }
    }
}
