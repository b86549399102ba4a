package dev.millrace.broker;

import dev.millrace.broker.internal.BrokerFolder;
import dev.millrace.broker.internal.BrokerProcess;
import dev.millrace.core.MillraceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, one node) for development, in a process of its own that ends with this one. It listens on
 * 127.0.0.1 only, makes topics when they are first used, and keeps its data: after a crash it goes on where it was.
 * Thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
    private final int port;
    private final @Nullable BrokerProcess process;

    private KafkaBroker(int port, @Nullable BrokerProcess process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts the broker of a folder and waits until it is ready, or finds the one that another process runs there.
     *
     * @throws MillraceException SOURCE_FAILED if it cannot be started, with the end of its log; TIMEOUT if it is not
     *     ready in time; CANCELLED if the thread is interrupted
     */
    public static KafkaBroker start(BrokerSettings settings) {
        BrokerFolder folder = BrokerFolder.of(settings.folder());
        Optional<Integer> running = folder.runningPort(settings.patience());
        if (running.isPresent()) {
            return new KafkaBroker(running.get(), null);
        }
        int port = folder.port(settings.port());
        return new KafkaBroker(port, BrokerProcess.start(settings, folder, port));
    }

    /** What a client's {@code bootstrap.servers} is set to. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Whether another process had started it; {@link #close} then leaves it running. */
    public boolean isShared() {
        return process == null;
    }

    /** Whether it runs, as far as this process can tell. */
    public boolean isAlive() {
        return process == null || process.isAlive();
    }

    /** Ends the process as {@code kill -9} does, for tests; a shared broker stays. */
    public void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Stops it, in a few seconds. Its data stays. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
