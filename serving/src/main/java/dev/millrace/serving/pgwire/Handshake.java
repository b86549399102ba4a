package dev.millrace.serving.pgwire;

import dev.millrace.core.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** What is said before the first query: encryption, cancelling, who is there, and the proof of it. */
final class Handshake {
    private static final int SSL = 80877103;
    private static final int GSS = 80877104;
    private static final int CANCEL = 80877102;
    private static final int MAJOR = 3;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final PgServer server;
    private Socket socket;
    private Frames frames;

    Handshake(PgServer server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        this.frames = new Frames(socket);
    }

    Frames frames() {
        return frames;
    }

    /** What the client says of itself; empty when it only came to cancel. */
    Optional<Map<String, String>> start() throws IOException {
        while (true) {
            Fields fields = frames.startup().fields();
            int code = fields.int32();
            switch (code) {
                case SSL -> encrypt();
                case GSS -> frames.writeByte('N');
                case CANCEL -> {
                    server.cancel(fields.int32(), fields.int32());
                    return Optional.empty();
                }
                default -> {
                    return Optional.of(parameters(code, fields));
                }
            }
        }
    }

    private void encrypt() throws IOException {
        if (server.options().tls().isEmpty() || socket instanceof SSLSocket) {
            frames.writeByte('N');
            return;
        }
        frames.writeByte('S');
        SSLSocket encrypted = (SSLSocket) server.options()
                .tls()
                .get()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        encrypted.setUseClientMode(false);
        encrypted.startHandshake();
        socket = encrypted;
        frames = new Frames(encrypted);
    }

    private Map<String, String> parameters(int version, Fields fields) throws IOException {
        if (version >> 16 != MAJOR) {
            throw new SqlError("08P01", "protocol version " + (version >> 16) + " is not supported");
        }
        Map<String, String> parameters = new HashMap<>();
        int options = 0;
        for (String name = fields.text(); !name.isEmpty(); name = fields.text()) {
            parameters.put(name, fields.text());
            options += name.startsWith("_pq_.") ? 1 : 0;
        }
        if ((version & 0xFFFF) != 0 || options > 0) {
            Message lower = new Message('v').int32(MAJOR << 16).int32(options);
            parameters.keySet().stream()
                    .filter(name -> name.startsWith("_pq_."))
                    .forEach(lower::text);
            frames.write(lower);
        }
        return parameters;
    }

    /** Asks for the password if there is one. */
    void authenticate() throws IOException {
        Optional<Secret> token = server.options().token();
        if (token.isPresent()) {
            scram(token.get());
        }
        frames.write(new Message('R').int32(0));
    }

    private void scram(Secret token) throws IOException {
        Scram scram = new Scram(token);
        frames.write(new Message('R').int32(SASL).text(Scram.MECHANISM).letter('\0'));
        frames.flush();
        Fields first = answer();
        if (!first.text().equals(Scram.MECHANISM)) {
            throw new SqlError("28P01", "only " + Scram.MECHANISM + " is supported");
        }
        byte[] message = java.util.Objects.requireNonNullElse(first.value(), new byte[0]);
        send(SASL_CONTINUE, scram.first(new String(message, java.nio.charset.StandardCharsets.UTF_8)));
        frames.flush();
        Fields last = answer();
        send(SASL_FINAL, scram.last(new String(last.rest(), java.nio.charset.StandardCharsets.UTF_8)));
    }

    private Fields answer() throws IOException {
        Frames.Frame frame = frames.next();
        if (frame.letter() != 'p') {
            throw new EOFException("no password");
        }
        return frame.fields();
    }

    private void send(int kind, String text) throws IOException {
        frames.write(new Message('R').int32(kind).bytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
