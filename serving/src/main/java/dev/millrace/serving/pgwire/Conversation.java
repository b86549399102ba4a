package dev.millrace.serving.pgwire;

import dev.millrace.serving.pgwire.ClientState.Transaction;
import dev.millrace.serving.pgwire.RowSender.Formats;
import dev.millrace.warehouse.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is said after the start: simple and extended queries. Used by one thread but for {@link #cancel}. */
final class Conversation implements AutoCloseable {
    private final Frames frames;
    private final ClientState state;
    private final SqlSession session;
    private final Supplier<SqlSession> sessions;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private volatile @Nullable RowCursor fetching;
    /** After an error everything up to the next Sync is skipped. */
    private boolean skipping;

    /** @param sessions makes sessions for queries that are fetched some rows at a time */
    Conversation(Frames frames, ClientState state, Supplier<SqlSession> sessions) {
        this.frames = frames;
        this.state = state;
        this.sessions = sessions;
        this.session = sessions.get();
    }

    /** Stops what runs now. */
    void cancel() {
        session.cancel();
        RowCursor cursor = fetching;
        if (cursor != null) {
            cursor.cancel();
        }
    }

    void ready() throws IOException {
        frames.write(new Message('Z').letter(state.transaction().letter()));
        frames.flush();
    }

    /** Answers messages until the client says good-bye. */
    void run() throws IOException {
        while (true) {
            Frames.Frame frame = frames.next();
            if (frame.letter() == 'X') {
                return;
            }
            try {
                if (frame.letter() == 'S') {
                    sync();
                } else if (frame.letter() == 'Q') {
                    simple(frame.fields().text());
                    ready();
                } else if (!skipping) {
                    extended(frame);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (RuntimeException e) {
                fail(SqlError.of(e));
                skipping = true;
            }
        }
    }

    private void sync() throws IOException {
        skipping = false;
        if (state.transaction() == Transaction.NONE) {
            closePortals();
        }
        ready();
    }

    private void fail(SqlError error) throws IOException {
        frames.write(error(error, "ERROR"));
        if (state.transaction() == Transaction.OPEN) {
            state.transaction(Transaction.FAILED);
        }
    }

    static Message error(SqlError error, String severity) {
        Message message = new Message('E')
                .letter('S')
                .text(severity)
                .letter('V')
                .text(severity)
                .letter('C')
                .text(error.state())
                .letter('M')
                .text(error.text());
        error.hint().ifPresent(hint -> message.letter('H').text(hint));
        return message.letter('\0');
    }

    private void simple(String sql) throws IOException {
        closePortals();
        try {
            List<String> texts = Lexer.statements(sql);
            if (texts.isEmpty()) {
                frames.write(new Message('I'));
            }
            for (String text : texts) {
                Prepared prepared = parse(text, List.of(), false);
                if (prepared.command().isPresent()) {
                    run(prepared.command().get(), true);
                } else {
                    RowSender rows = new RowSender(frames, Formats.TEXT, state.zone(), true);
                    session.run(prepared, List.of(), state.zone(), rows);
                    complete(prepared.tag() + (prepared.tag().equals("SELECT") ? " " + rows.count() : ""));
                }
            }
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            fail(SqlError.of(e));
        }
    }

    private Prepared parse(String sql, List<Integer> types, boolean described) {
        List<String> texts = Lexer.statements(sql);
        if (texts.isEmpty()) {
            return Prepared.EMPTY;
        }
        if (texts.size() > 1) {
            throw new SqlError("42601", "cannot insert multiple commands into a prepared statement");
        }
        Command command = Command.of(texts.get(0)).orElse(null);
        if (state.transaction() == Transaction.FAILED && (command == null || !command.endsTransaction())) {
            throw new SqlError(
                    "25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }
        if (command != null) {
            return new Prepared("", false, java.util.Optional.of(command), List.of(), command.columns());
        }
        return described ? session.prepare(texts.get(0), types) : session.prepareSimple(texts.get(0));
    }

    private void extended(Frames.Frame frame) throws IOException {
        Fields fields = frame.fields();
        switch (frame.letter()) {
            case 'P' -> {
                String name = fields.text();
                String sql = fields.text();
                List<Integer> types = new ArrayList<>();
                for (int i = fields.int16(); i > 0; i--) {
                    types.add(fields.int32());
                }
                statements.put(name, parse(sql, types, true));
                frames.write(new Message('1'));
            }
            case 'B' -> bind(fields);
            case 'D' -> describe(fields.letter(), fields.text());
            case 'E' -> execute(fields.text(), fields.int32());
            case 'C' -> {
                if (fields.letter() == 'S') {
                    statements.remove(fields.text());
                } else {
                    close(fields.text());
                }
                frames.write(new Message('3'));
            }
            case 'H' -> frames.flush();
            case 'd', 'c', 'f' -> {
                // What is left of a COPY that was refused.
            }
            default -> throw new SqlError("08P01", "no message '" + frame.letter() + "' is known");
        }
    }

    private void bind(Fields fields) throws IOException {
        String name = fields.text();
        Prepared prepared = statement(fields.text());
        List<Boolean> binary = formats(fields);
        int count = fields.int16();
        List<Integer> types = prepared.parameters();
        if (count < types.size()) {
            throw new SqlError("08P01", count + " values for " + types.size() + " parameters");
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte @Nullable [] value = fields.value();
            if (i < types.size()) {
                boolean isBinary = new Formats(binary).isBinary(i);
                values.add(ParameterReader.read(types.get(i), isBinary, value));
            }
        }
        close(name);
        portals.put(name, new Portal(prepared, values, new Formats(formats(fields))));
        frames.write(new Message('2'));
    }

    private static List<Boolean> formats(Fields fields) {
        List<Boolean> binary = new ArrayList<>();
        for (int i = fields.int16(); i > 0; i--) {
            binary.add(fields.int16() == 1);
        }
        return binary;
    }

    private void describe(char kind, String name) throws IOException {
        Prepared prepared;
        Formats formats = Formats.TEXT;
        if (kind == 'S') {
            prepared = statement(name);
            Message parameters = new Message('t').int16(prepared.parameters().size());
            prepared.parameters().forEach(parameters::int32);
            frames.write(parameters);
        } else {
            Portal portal = portal(name);
            prepared = portal.prepared();
            formats = portal.formats();
        }
        List<Column> columns = prepared.columns();
        frames.write(columns.isEmpty() ? new Message('n') : RowSender.description(columns, formats));
    }

    private void execute(String name, int limit) throws IOException {
        Portal portal = portal(name);
        Prepared prepared = portal.prepared();
        if (prepared.isEmpty()) {
            frames.write(new Message('I'));
            return;
        }
        if (prepared.command().isPresent()) {
            run(prepared.command().get(), false);
            return;
        }
        RowSender rows = new RowSender(frames, portal.formats(), state.zone(), false);
        if (!portal.done() && !fetch(portal, rows, limit)) {
            frames.write(new Message('s'));
            return;
        }
        portal.finish();
        complete(prepared.tag() + (prepared.tag().equals("SELECT") ? " " + rows.count() : ""));
    }

    /** @return whether that was all */
    private boolean fetch(Portal portal, RowSender rows, int limit) {
        RowCursor cursor = portal.cursor();
        if (cursor == null && limit <= 0) {
            session.run(portal.prepared(), portal.values(), state.zone(), rows);
            return true;
        }
        if (cursor == null) {
            String thread = Thread.currentThread().getName() + "-portal";
            cursor = new RowCursor(thread, sessions.get(), portal.prepared(), portal.values(), state.zone());
            portal.cursor(cursor);
        }
        fetching = cursor;
        try {
            return !cursor.fetch(Math.max(0, limit), rows);
        } finally {
            fetching = null;
        }
    }

    private void run(Command command, boolean describes) throws IOException {
        Command.Outcome outcome = command.run(state);
        if (state.transaction() == Transaction.NONE && command.endsTransaction()) {
            closePortals();
        }
        if (outcome.rows().isPresent()) {
            RowSender rows = new RowSender(frames, Formats.TEXT, state.zone(), describes);
            rows.columns(command.columns());
            outcome.rows().get().forEach(row -> rows.accept(row.toArray()));
        }
        if (outcome.changed().isPresent()) {
            String name = outcome.changed().get();
            frames.write(new Message('S').text(name).text(state.get(name).orElse("")));
        }
        complete(outcome.tag());
    }

    private void complete(String tag) throws IOException {
        frames.write(new Message('C').text(tag));
    }

    private Prepared statement(String name) {
        Prepared prepared = statements.get(name);
        if (prepared == null) {
            throw new SqlError("26000", "prepared statement \"" + name + "\" does not exist");
        }
        return prepared;
    }

    private Portal portal(String name) {
        Portal portal = portals.get(name);
        if (portal == null) {
            throw new SqlError("34000", "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    private void close(String portal) {
        Portal open = portals.remove(portal);
        if (open != null) {
            open.close();
        }
    }

    private void closePortals() {
        portals.values().forEach(Portal::close);
        portals.clear();
    }

    @Override
    public void close() {
        closePortals();
        session.close();
    }
}
