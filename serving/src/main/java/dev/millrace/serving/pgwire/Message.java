package dev.millrace.serving.pgwire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message being written. Used by one thread, and again for the next message. */
final class Message {
    private static final int HEADER = 5;
    private static final int START = 512;

    private ByteBuffer bytes = ByteBuffer.allocate(START);

    Message(char letter) {
        begin(letter);
    }

    Message begin(char letter) {
        bytes.clear();
        bytes.put((byte) letter).putInt(0);
        return this;
    }

    Message int32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    Message int64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Message int16(int value) {
        room(Short.BYTES).putShort((short) value);
        return this;
    }

    Message letter(char value) {
        room(1).put((byte) value);
        return this;
    }

    Message bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    Message text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8)).letter('\0');
    }

    /** Where a length will stand that is not known yet. */
    int beginValue() {
        int32(0);
        return bytes.position();
    }

    void endValue(int begin) {
        bytes.putInt(begin - Integer.BYTES, bytes.position() - begin);
    }

    void writeTo(OutputStream out) throws IOException {
        bytes.putInt(1, bytes.position() - 1);
        out.write(bytes.array(), 0, bytes.position());
        if (bytes.capacity() > 1 << 20) {
            bytes = ByteBuffer.allocate(START);
            bytes.position(HEADER);
        }
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int used = bytes.position();
            int capacity = Math.max(Math.multiplyExact(bytes.capacity(), 2), Math.addExact(used, more));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity));
            bytes.position(used);
        }
        return bytes;
    }
}
