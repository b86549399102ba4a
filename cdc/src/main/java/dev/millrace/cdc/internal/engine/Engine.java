package dev.millrace.cdc.internal.engine;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's engine as something to be asked for batches. The engine's own thread hands a batch over and waits until it
 * is {@link Batch#done}; only what is safe by then is confirmed to the source. Used by one thread.
 */
public final class Engine implements AutoCloseable {
    private static final long CLOSE_SECONDS = 20;

    /** It writes to the terminal by itself. Held, as loggers that nobody holds forget their level. */
    private static final Logger BINARY_LOG = Logger.getLogger("com.github.shyiko.mysql.binlog");

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;
    private final Thread thread;
    private final String offsetKey;
    private volatile boolean closing;
    private @Nullable Batch open;

    private sealed interface Signal permits Batch, Ended {}

    private record Ended(@Nullable Throwable failure) implements Signal {}

    /** Why the engine has stopped. */
    public static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;

        StoppedException(@Nullable Throwable cause) {
            super("the engine has stopped", cause);
        }
    }

    /** Records in the order of the source's log. */
    public static final class Batch implements Signal {
        private final List<ChangeEvent<SourceRecord, SourceRecord>> events;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile @Nullable ChangeEvent<SourceRecord, SourceRecord> safe;

        private Batch(List<ChangeEvent<SourceRecord, SourceRecord>> events) {
            this.events = events;
        }

        public List<ChangeEvent<SourceRecord, SourceRecord>> events() {
            return events;
        }

        /** @param lastSafe the last record, of this batch or an earlier one, whose effect is committed; null if none */
        public void done(@Nullable ChangeEvent<SourceRecord, SourceRecord> lastSafe) {
            safe = lastSafe;
            done.countDown();
        }
    }

    static {
        BINARY_LOG.setLevel(Level.OFF);
    }

    private Engine(Properties properties, String offsetKey, String name) {
        this.offsetKey = offsetKey;
        this.engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using(Engine.class.getClassLoader())
                .using((boolean success, String message, @Nullable Throwable error) ->
                        signals.add(new Ended(success ? null : error == null ? new IOException(message) : error)))
                .notifying(this::handOver)
                .build();
        this.thread = new Thread(engine, "cdc-" + name);
        this.thread.setDaemon(true);
    }

    /**
     * Starts a connector.
     *
     * @param properties of Debezium, without those of the engine itself
     * @param offset where to resume; empty to begin with a snapshot
     */
    public static Engine start(String name, Map<String, String> properties, Map<String, Object> offset) {
        String offsetKey = WarehouseOffsets.lend(offset);
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("offset.storage", WarehouseOffsets.class.getName());
        all.setProperty(WarehouseOffsets.KEY, offsetKey);
        all.setProperty("offset.flush.interval.ms", "1000");
        // Required by the configuration of Connect's worker, and never used.
        all.setProperty("bootstrap.servers", "unused:9092");
        all.setProperty("errors.max.retries", "0");
        Engine started = new Engine(all, offsetKey, name);
        started.thread.start();
        return started;
    }

    private void handOver(
            List<ChangeEvent<SourceRecord, SourceRecord>> events,
            RecordCommitter<ChangeEvent<SourceRecord, SourceRecord>> committer)
            throws InterruptedException {
        Batch batch = new Batch(events);
        signals.add(batch);
        while (!batch.done.await(100, TimeUnit.MILLISECONDS)) {
            if (closing) {
                throw new InterruptedException("closing");
            }
        }
        ChangeEvent<SourceRecord, SourceRecord> safe = batch.safe;
        if (safe != null) {
            committer.markProcessed(safe);
        }
        committer.markBatchFinished();
    }

    /**
     * The next batch; {@code null} if none comes in time. The batch before must be done.
     *
     * @throws StoppedException if the engine has stopped by itself
     */
    public @Nullable Batch poll(Duration wait) throws InterruptedException, StoppedException {
        Signal signal = signals.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (signal == null) {
            return null;
        }
        if (signal instanceof Ended ended) {
            signals.add(ended);
            throw new StoppedException(ended.failure());
        }
        open = (Batch) signal;
        return open;
    }

    /** Ends the engine; a batch that is not done counts as not processed. */
    @Override
    public void close() {
        closing = true;
        try {
            engine.close();
        } catch (IOException | IllegalStateException | ConnectException alreadyStopped) {
            // It has ended by itself, or is about to: the thread's end is what counts.
            closing = true;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            WarehouseOffsets.takeBack(offsetKey);
        }
    }
}
