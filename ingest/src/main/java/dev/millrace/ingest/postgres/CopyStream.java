package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Receives a binary COPY on a thread of its own and hands it over in slices through a bounded queue, so that memory
 * does not grow with the table. Each message of the server is one row (PostgreSQL's protocol, "COPY Operations").
 */
final class CopyStream implements AutoCloseable {
    private static final int QUEUED_SLICES = 6;
    private static final int SLICE_BYTES = 1 << 20;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int FLAGS_BYTES = 4;
    private static final int COUNT_BYTES = 2;

    private final BlockingQueue<RowSlice> filled = new ArrayBlockingQueue<>(QUEUED_SLICES);
    private final Queue<RowSlice> free = new ConcurrentLinkedQueue<>();
    private final RowSlice end = new RowSlice(0);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final PostgresConnection connection;
    private final String sql;
    private final int columns;
    private final Thread thread;
    private volatile @Nullable MillraceException failure;

    CopyStream(PostgresConnection connection, String sql, int columns, String name) {
        this.connection = connection;
        this.sql = sql;
        this.columns = columns;
        this.thread = new Thread(this::receive, "copy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The next slice, waiting for it; null when there are no more. */
    @Nullable
    RowSlice take() {
        try {
            RowSlice slice = filled.take();
            if (slice != end) {
                return slice;
            }
            filled.put(end);
            MillraceException failed = failure;
            if (failed != null) {
                throw failed;
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    /** Takes back a slice that has been decoded, to be filled again. */
    void recycle(RowSlice slice) {
        slice.clear();
        free.add(slice);
    }

    void cancel() {
        if (stopped.compareAndSet(false, true)) {
            connection.cancel();
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        boolean ended = filled.contains(end) && failure == null;
        if (!ended) {
            cancel();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            filled.clear();
            try {
                thread.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        // Nobody waits for a slice any more, but if anybody did, this would be the end of the wait.
        filled.clear();
        filled.add(end);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void receive() {
        try {
            try {
                pump();
            } catch (SQLException e) {
                throw connection.failure(e, "while reading");
            }
        } catch (MillraceException e) {
            failure = stopped.get() ? cancelled(e) : e;
        } catch (InterruptedException e) {
            failure = cancelled(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            failure = stopped.get()
                    ? cancelled(e)
                    : new MillraceException(ErrorCode.SOURCE_FAILED, "reading failed: " + e.getMessage(), e);
        }
        putEnd();
    }

    private void putEnd() {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                filled.put(end);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump() throws SQLException, InterruptedException {
        CopyOut copy = connection.jdbc().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        RowSlice slice = slice();
        int bytes = 0;
        boolean first = true;
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            if (first) {
                row = withoutHeader(row);
                first = false;
            }
            if (row.length <= COUNT_BYTES && (row.length < COUNT_BYTES || row[0] == -1)) {
                // Nothing but the header, or the trailer.
                continue;
            }
            slice.add(row);
            bytes += row.length;
            if (slice.isFull() || bytes >= SLICE_BYTES) {
                filled.put(slice);
                slice = slice();
                bytes = 0;
            }
        }
        if (slice.count > 0) {
            filled.put(slice);
        }
    }

    private RowSlice slice() {
        RowSlice used = free.poll();
        return used != null ? used : new RowSlice(columns);
    }

    private static byte[] withoutHeader(byte[] message) {
        int fixed = SIGNATURE.length + FLAGS_BYTES;
        if (message.length < fixed + Integer.BYTES
                || !Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new MillraceException(ErrorCode.SOURCE_FAILED, "the server's answer to COPY is not in binary format");
        }
        return Arrays.copyOfRange(message, fixed + Integer.BYTES + Bytes.int4(message, fixed), message.length);
    }

    private static MillraceException cancelled(Throwable cause) {
        return new MillraceException(ErrorCode.CANCELLED, "cancelled", cause);
    }
}
