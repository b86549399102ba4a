package dev.millrace.transform.internal.artifact;

import dev.millrace.transform.internal.project.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which parse a manifest.json holds, if nobody has written it since. */
public final class WrittenManifest {
    private final Path manifest;
    private final Path note;

    /** @param note the file that remembers */
    public WrittenManifest(Path manifest, Path note) {
        this.manifest = manifest;
        this.note = note;
    }

    /** Whether it is there and holds the parse, without any compiled SQL. */
    public boolean isOf(String parseId) {
        try {
            return Files.isRegularFile(note) && Files.readString(note).equals(text(parseId));
        } catch (IOException e) {
            // No manifest, or nothing known of it.
            return false;
        }
    }

    /** Notes that it has just been written. */
    public void remember(String parseId) {
        try {
            Files.createDirectories(note.getParent());
            Files.writeString(note, text(parseId));
        } catch (IOException e) {
            // It is written again the next time, that is all.
            return;
        }
    }

    private String text(String parseId) throws IOException {
        FileStamp stamp = FileStamp.of(manifest);
        return String.join(
                "\n",
                parseId,
                String.valueOf(stamp.sizeBytes()),
                String.valueOf(stamp.modifiedNanos()),
                String.valueOf(stamp.changedNanos()),
                String.valueOf(stamp.inode()));
    }
}
