package dev.millrace.serving.pgwire;

import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RowConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends rows as they come; the socket holds them back when the client is slow. */
final class RowSender implements RowConsumer {
    private final Frames frames;
    private final Message message = new Message('D');
    private final Formats formats;
    private final ZoneId zone;
    /** Whether the client must be told the columns with the rows. */
    private final boolean describes;

    private ValueWriter[] writers = {};
    private long count;

    RowSender(Frames frames, Formats formats, ZoneId zone, boolean describes) {
        this.frames = frames;
        this.formats = formats;
        this.zone = zone;
        this.describes = describes;
    }

    /** Which columns the client wants in binary: none, all by one word, or each by its own. */
    record Formats(List<Boolean> binary) {
        static final Formats TEXT = new Formats(List.of());

        Formats {
            binary = List.copyOf(binary);
        }

        boolean isBinary(int column) {
            return binary.size() == 1 ? binary.get(0) : column < binary.size() && binary.get(column);
        }
    }

    long count() {
        return count;
    }

    @Override
    public void columns(List<Column> columns) {
        writers = new ValueWriter[columns.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = ValueWriter.of(columns.get(i).type(), formats.isBinary(i), zone);
        }
        if (describes) {
            send(description(columns, formats));
        }
    }

    static Message description(List<Column> columns, Formats formats) {
        Message description = new Message('T').int16(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            PgType type = PgType.of(column.type());
            description
                    .text(column.name())
                    .int32(0)
                    .int16(0)
                    .int32(type.oid())
                    .int16(type.length())
                    .int32(PgType.modifier(column.type()))
                    .int16(formats.isBinary(i) ? 1 : 0);
        }
        return description;
    }

    @Override
    public void accept(@Nullable Object[] values) {
        message.begin('D').int16(values.length);
        for (int i = 0; i < values.length; i++) {
            writers[i].write(message, values[i]);
        }
        count++;
        send(message);
    }

    private void send(Message ready) {
        try {
            frames.write(ready);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
