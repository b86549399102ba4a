package dev.millrace.serving.pgwire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One client, from hello to good-bye. */
final class PgConnection implements Runnable {
    private static final int HANDSHAKE_MILLIS = 30_000;
    private static final int END_SECONDS = 10;

    private final PgServer server;
    private final Socket socket;
    private final int id;
    private final int key;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Conversation conversation;

    PgConnection(PgServer server, Socket socket, int id, int key) {
        this.server = server;
        this.socket = socket;
        this.id = id;
        this.key = key;
    }

    int id() {
        return id;
    }

    int key() {
        return key;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            talk(new Handshake(server, socket));
        } catch (IOException e) {
            // The client is gone; so is everything it asked for.
        } finally {
            server.closed(this);
            ended.countDown();
        }
    }

    private void talk(Handshake handshake) throws IOException {
        try {
            Optional<Map<String, String>> parameters = handshake.start();
            if (parameters.isPresent()) {
                if (server.connections() > server.options().maxConnections()) {
                    throw new SqlError("53300", "sorry, too many clients already");
                }
                handshake.authenticate();
                serve(handshake.frames(), parameters.get());
            }
        } catch (SocketTimeoutException e) {
            end(handshake.frames(), new SqlError("57P05", "the connection said nothing for too long"));
        } catch (RuntimeException e) {
            end(handshake.frames(), SqlError.of(e));
        }
    }

    private static void end(Frames frames, SqlError error) throws IOException {
        frames.write(Conversation.error(error, "FATAL"));
        frames.flush();
    }

    private void serve(Frames frames, Map<String, String> parameters) throws IOException {
        ClientState state = new ClientState(parameters.getOrDefault("user", "millrace"), parameters);
        try (Conversation talking = new Conversation(
                frames,
                state,
                () -> new SqlSession(
                        server.warehouse(), server.guard(), server.options().queryTimeout()))) {
            conversation = talking;
            for (Map.Entry<String, String> setting : state.reported().entrySet()) {
                frames.write(new Message('S').text(setting.getKey()).text(setting.getValue()));
            }
            frames.write(new Message('K').int32(id).int32(key));
            talking.ready();
            socket.setSoTimeout((int)
                    Math.min(Integer.MAX_VALUE, server.options().idleTimeout().toMillis()));
            talking.run();
        } finally {
            conversation = null;
        }
    }

    void cancel() {
        Conversation talking = conversation;
        if (talking != null) {
            talking.cancel();
        }
    }

    /** Stops what runs, then hears and says no more. */
    void end() {
        cancel();
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use either way.
        }
    }

    void awaitEnd() {
        try {
            ended.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
