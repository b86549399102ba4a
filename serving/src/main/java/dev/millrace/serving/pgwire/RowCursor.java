package dev.millrace.serving.pgwire;

import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A query whose rows are fetched some at a time: it runs in a thread and a session of its own, a few hundred rows
 * ahead. Owns the session.
 */
final class RowCursor implements AutoCloseable {
    private static final int AHEAD = 512;

    /** What comes out of the query: its columns, its rows, its end or its error. */
    private sealed interface Item {}

    private record Head(List<Column> columns) implements Item {}

    private static final class Row implements Item {
        final @Nullable Object[] values;

        Row(@Nullable Object[] values) {
            this.values = values;
        }
    }

    private record End() implements Item {}

    private record Failure(RuntimeException error) implements Item {}

    private final SqlSession session;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile boolean closed;
    private List<Column> columns = List.of();
    private boolean ended;

    RowCursor(String name, SqlSession session, Prepared prepared, List<@Nullable Object> values, ZoneId zone) {
        this.session = session;
        this.thread = new Thread(() -> produce(prepared, values, zone), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void produce(Prepared prepared, List<@Nullable Object> values, ZoneId zone) {
        try (session) {
            Item last;
            try {
                session.run(prepared, values, zone, new RowConsumer() {
                    @Override
                    public void columns(List<Column> columns) {
                        hand(new Head(columns));
                    }

                    @Override
                    public void accept(@Nullable Object[] row) {
                        hand(new Row(row.clone()));
                    }
                });
                last = new End();
            } catch (RuntimeException e) {
                last = new Failure(e);
            }
            if (!closed) {
                hand(last);
            }
        } catch (Stopped e) {
            // Nobody waits for the end.
        }
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void hand(Item item) {
        try {
            items.put(item);
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }

    /**
     * Hands over rows.
     *
     * @param limit at most so many; 0 for all
     * @return whether there may be more
     */
    boolean fetch(long limit, RowSender rows) {
        rows.columns(columns);
        while (!ended && (limit == 0 || rows.count() < limit)) {
            Item item = take();
            if (item instanceof Head head) {
                columns = head.columns();
                rows.columns(columns);
            } else if (item instanceof Row row) {
                rows.accept(row.values);
            } else {
                ended = true;
                if (item instanceof Failure failure) {
                    throw failure.error();
                }
            }
        }
        return !ended;
    }

    private Item take() {
        try {
            return items.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlError("57P01", "the server is closing");
        }
    }

    void cancel() {
        session.cancel();
    }

    /** Stops the query and waits until it has let go of its session. */
    @Override
    public void close() {
        closed = true;
        session.cancel();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
