package dev.millrace.serving.internal.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Little-endian bytes that grow as they are written. Not thread-safe. */
final class GrowingBytes {
    private static final int START = 1024;
    private static final int ALIGNMENT = 8;
    private static final byte[] PADDING = new byte[ALIGNMENT];

    private ByteBuffer buffer = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    void putDouble(double value) {
        room(Double.BYTES).putDouble(value);
    }

    void put(byte[] bytes) {
        room(bytes.length).put(bytes);
    }

    /** Sets bit {@code index}, or only makes room for it; indexes must not decrease. */
    void putBit(int index, boolean set) {
        int at = index >> 3;
        if (at >= buffer.position()) {
            room(1).put((byte) 0);
        }
        if (set) {
            buffer.put(at, (byte) (buffer.get(at) | 1 << (index & 7)));
        }
    }

    int size() {
        return buffer.position();
    }

    /** The size in a message, where everything begins at a multiple of eight. */
    int paddedSize() {
        return (size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(buffer.array(), 0, size());
        out.write(PADDING, 0, paddedSize() - size());
    }

    void clear() {
        buffer.clear();
    }

    private ByteBuffer room(int more) {
        if (buffer.remaining() < more) {
            int capacity = Math.max(Math.multiplyExact(buffer.capacity(), 2), Math.addExact(size(), more));
            ByteBuffer larger =
                    ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity)).order(ByteOrder.LITTLE_ENDIAN);
            larger.position(size());
            buffer = larger;
        }
        return buffer;
    }
}
