package dev.millrace.testkit.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows into a table by COPY in text format, in buffers. */
final class CopyWriter implements AutoCloseable {
    private static final int BUFFER_CHARS = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(BUFFER_CHARS + 1_024);
    private boolean rowStarted;
    private boolean done;

    CopyWriter(Connection connection, String table, String columns) throws SQLException {
        this.copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " (" + columns + ") FROM STDIN");
    }

    CopyWriter add(long value) {
        return raw(Long.toString(value));
    }

    CopyWriter add(boolean value) {
        return raw(value ? "t" : "f");
    }

    /** To the microsecond. */
    CopyWriter add(Instant value) {
        return raw(value.toString());
    }

    /** An amount of cents as a decimal number. */
    CopyWriter addMoney(long cents) {
        return raw(cents / 100 + "." + cents % 100 / 10 + cents % 10);
    }

    CopyWriter add(@Nullable String value) {
        return raw(
                value == null
                        ? "\\N"
                        : value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
    }

    void endRow() throws SQLException {
        buffer.append('\n');
        rowStarted = false;
        if (buffer.length() >= BUFFER_CHARS) {
            flush();
        }
    }

    /** How many rows arrived. */
    long finish() throws SQLException {
        flush();
        done = true;
        return copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (!done) {
            copy.cancelCopy();
        }
    }

    private CopyWriter raw(String value) {
        if (rowStarted) {
            buffer.append('\t');
        }
        buffer.append(value);
        rowStarted = true;
        return this;
    }

    private void flush() throws SQLException {
        byte[] bytes = buffer.toString().getBytes(UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }
}
