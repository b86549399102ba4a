package dev.millrace.delta.internal;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that Delta Kernel writes. It appears whole or not at all, and has reached the disk when it does. */
record LocalOutput(Path file) implements OutputFile {
    @Override
    public String path() {
        return LocalFiles.uri(file);
    }

    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Gives the finished file its name; a link fails if the name is taken, where a move would replace. */
    static void publish(Path finished, Path file, boolean overwrite) throws IOException {
        if (overwrite) {
            Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try {
            Files.createLink(file, finished);
        } catch (UnsupportedOperationException e) {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Files.move(finished, file);
        }
    }

    @Override
    public PositionOutputStream create(boolean overwrite) throws IOException {
        Files.createDirectories(file.getParent());
        return new Stream(file, overwrite);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) throws IOException {
        try (lines;
                Stream out = new Stream(file, overwrite)) {
            while (lines.hasNext()) {
                out.write(lines.next().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
            out.complete();
        }
    }

    /** Written beside, published when closed; what an error cuts short is thrown away by {@link #writeAtomically}. */
    private static final class Stream extends PositionOutputStream {
        private final Path file;
        private final Path draft;
        private final boolean overwrite;
        private final FileChannel channel;
        private final OutputStream out;
        private long position;
        private boolean closed;
        private boolean published;

        Stream(Path file, boolean overwrite) throws IOException {
            this.file = file;
            this.overwrite = overwrite;
            this.draft = beside(file);
            this.channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        void complete() throws IOException {
            out.flush();
            channel.force(true);
            publish(draft, file, overwrite);
            published = true;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (!published && file.toString().endsWith(".parquet")) {
                    complete();
                }
            } finally {
                out.close();
                Files.deleteIfExists(draft);
            }
        }
    }
}
