package dev.millrace.delta.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Data files that no longer belong to a table, or never did: what a killed writer leaves. */
public final class OldFiles {
    private OldFiles() {}

    /** @param before files changed at or after this instant stay: a reader or a writer may be at them */
    public static void delete(Path folder, List<DeltaLog.LiveFile> live, Instant before) {
        Set<Path> kept = live.stream().map(DeltaLog.LiveFile::path).collect(Collectors.toSet());
        Path log = folder.resolve("_delta_log");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".parquet") && !f.startsWith(log))
                    .filter(f -> !kept.contains(f))
                    .toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.DESTINATION_FAILED, "cannot delete old files of " + folder, e);
        }
    }
}
