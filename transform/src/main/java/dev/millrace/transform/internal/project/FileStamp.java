package dev.millrace.transform.internal.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells that a file is as it was, without reading it.
 *
 * @param sizeBytes its length
 * @param modifiedNanos when its content changed last, since 1970
 * @param changedNanos when anything about it changed last, since 1970, which no program can set; 0 where the system
 *     does not tell
 * @param inode which file it is; 0 where the system does not tell
 * @param settled whether a change after this look would have another time: false for a file that had just changed
 */
public record FileStamp(long sizeBytes, long modifiedNanos, long changedNanos, long inode, boolean settled) {
    /** File systems' clocks go in steps: of at most 10 ms where they show more than milliseconds, else of up to 2 s. */
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long COARSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2100);

    /** How the file is now. */
    public static FileStamp of(Path file) throws IOException {
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        return of(file, Files.readAttributes(file, BasicFileAttributes.class), now);
    }

    /** @param nowNanos a time, since 1970, before the file was looked at */
    static FileStamp of(Path file, BasicFileAttributes attributes, long nowNanos) {
        long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long changed = 0;
        long inode = 0;
        try {
            Map<String, Object> more = Files.readAttributes(file, "unix:ctime,ino");
            changed = more.get("ctime") instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
            inode = more.get("ino") instanceof Number number ? number.longValue() : 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not a system that knows them, or a link to nothing.
            changed = 0;
        }
        long latest = Math.max(modified, changed);
        boolean fine = latest % TimeUnit.MILLISECONDS.toNanos(1) != 0;
        boolean settled = latest < nowNanos - (fine ? FINE_NANOS : COARSE_NANOS);
        return new FileStamp(attributes.size(), modified, changed, inode, settled);
    }

    /** Whether the file is sure to be as it was then. */
    public boolean sameAs(FileStamp earlier) {
        return earlier.settled
                && sizeBytes == earlier.sizeBytes
                && modifiedNanos == earlier.modifiedNanos
                && changedNanos == earlier.changedNanos
                && inode == earlier.inode;
    }
}
