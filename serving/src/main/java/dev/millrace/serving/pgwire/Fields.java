package dev.millrace.serving.pgwire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a message in order; throws a protocol violation when there are too few. */
final class Fields {
    private final ByteBuffer bytes;

    Fields(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int int32() {
        return read(Integer.BYTES).getInt();
    }

    int int16() {
        return read(Short.BYTES).getShort();
    }

    char letter() {
        return (char) read(1).get();
    }

    /** A text that ends in a zero. */
    String text() {
        int start = bytes.position();
        while (read(1).get() != 0) {
            // On to the end.
        }
        int length = bytes.position() - start - 1;
        return new String(bytes.array(), bytes.arrayOffset() + start, length, StandardCharsets.UTF_8);
    }

    /** Bytes after their length; null for a length of -1. */
    byte @Nullable [] value() {
        int length = int32();
        return length < 0 ? null : bytes(length);
    }

    byte[] bytes(int length) {
        ByteBuffer from = read(length);
        byte[] value = new byte[length];
        from.get(value);
        return value;
    }

    byte[] rest() {
        return bytes(bytes.remaining());
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    private ByteBuffer read(int length) {
        if (length < 0 || bytes.remaining() < length) {
            throw new SqlError("08P01", "a message is too short");
        }
        return bytes;
    }
}
