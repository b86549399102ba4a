package dev.millrace.serving.pgwire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Messages of the protocol on a socket: a letter, a length, a body. Used by one thread. */
final class Frames {
    private static final int BUFFER = 1 << 16;
    private static final int MAX_STARTUP = 10_000;
    private static final int MAX_MESSAGE = 64 << 20;

    private final DataInputStream in;
    private final OutputStream out;

    Frames(Socket socket) throws IOException {
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    /** @param letter 0 for the messages before the start */
    record Frame(char letter, Fields fields) {}

    Frame startup() throws IOException {
        return new Frame('\0', body(MAX_STARTUP));
    }

    Frame next() throws IOException {
        char letter = (char) in.readUnsignedByte();
        return new Frame(letter, body(MAX_MESSAGE));
    }

    private Fields body(int limit) throws IOException {
        int length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > limit) {
            throw new EOFException("a message of " + length + " bytes");
        }
        return new Fields(ByteBuffer.wrap(in.readNBytes(length)));
    }

    /** Whether a message is waiting, so that an answer need not be flushed yet. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    void write(Message message) throws IOException {
        message.writeTo(out);
    }

    void writeByte(char answer) throws IOException {
        out.write(answer);
        out.flush();
    }

    void flush() throws IOException {
        out.flush();
    }
}
