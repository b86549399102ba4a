package dev.millrace.delta.internal;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that Delta Kernel reads. */
record LocalInput(Path file) implements InputFile {
    @Override
    public long length() throws IOException {
        return Files.size(file);
    }

    @Override
    public String path() {
        return LocalFiles.uri(file);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Stream(new RandomAccessFile(file.toFile(), "r"));
    }

    private static final class Stream extends SeekableInputStream {
        private final RandomAccessFile in;

        Stream(RandomAccessFile in) {
            this.in = in;
        }

        @Override
        public long getPos() throws IOException {
            return in.getFilePointer();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public void readFully(byte[] buffer, int offset, int length) throws IOException {
            if (length > in.length() - in.getFilePointer()) {
                throw new EOFException();
            }
            in.readFully(buffer, offset, length);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
