package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.Shape;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** A PostgreSQL database, read through a logical replication slot with the plug-in {@code pgoutput}. */
public final class PostgresDatabase implements SourceDatabase {
    private static final String MESSAGE_PREFIX = "millrace";

    /** Since version 14 {@code pgoutput} sends messages, which tell where the log stood. */
    private static final int OLDEST_VERSION = 14;

    private final Endpoint endpoint;
    private final String slot;
    private final String publication;
    /** Whether the file names the slot; then it may belong to something else. */
    private final boolean slotNamed;

    public PostgresDatabase(Endpoint endpoint, String slot, boolean slotNamed, String publication) {
        this.endpoint = endpoint;
        this.slot = slot;
        this.slotNamed = slotNamed;
        this.publication = publication;
    }

    /** Something asked of the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(String attempt, Question<T> question) {
        Properties properties = new Properties();
        properties.putAll(endpoint.parameters());
        properties.setProperty("user", endpoint.user());
        properties.setProperty("password", endpoint.password().reveal());
        properties.setProperty("ApplicationName", "millrace");
        properties.setProperty("connectTimeout", "10");
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        String url = "jdbc:postgresql://" + host + ":" + endpoint.port() + "/"
                + java.net.URLEncoder.encode(endpoint.database(), StandardCharsets.UTF_8);
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw PostgresErrors.of(e, endpoint, attempt);
        }
    }

    @Override
    public List<TableId> tables(TablePattern pattern) {
        return ask("while listing its tables", connection -> {
            List<TableId> tables = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select n.nspname, c.relname from pg_class c"
                            + " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
                            + " and not c.relispartition and c.relpersistence = 'p'"
                            + " and n.nspname not in ('pg_catalog', 'information_schema') order by 1, 2")) {
                while (rows.next()) {
                    TableId table = new TableId(rows.getString(1), rows.getString(2));
                    if (pattern.includes(table)) {
                        tables.add(table);
                    }
                }
            }
            return tables;
        });
    }

    @Override
    public void check(List<TableId> tables) {
        ask("while its settings were checked", connection -> {
            if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST_VERSION) {
                throw notReady(
                        "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + " is too old",
                        "Changes can be captured from version " + OLDEST_VERSION + " on.");
            }
            String level = text(connection, "show wal_level");
            if (!level.equals("logical")) {
                throw notReady(
                        "wal_level of PostgreSQL at " + endpoint.host() + ":" + endpoint.port() + " is " + level,
                        "Run there: ALTER SYSTEM SET wal_level = logical; and restart the server.");
            }
            for (TableId table : tables) {
                checkKey(connection, table);
            }
            return tables;
        });
    }

    private void checkKey(Connection connection, TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select c.relreplident::text, exists (select 1"
                + " from pg_index i where i.indrelid = c.oid and i.indisprimary) from pg_class c join pg_namespace n"
                + " on n.oid = c.relnamespace where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p')")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new MillraceException(
                            ErrorCode.STREAM_NOT_FOUND,
                            "there is no table " + table + " in database " + endpoint.database(),
                            null,
                            "Check table.include.list.",
                            null);
                }
                String identity = row.getString(1);
                if (identity.equals("n") || (identity.equals("d") && !row.getBoolean(2))) {
                    throw notReady(
                            "table " + table + " has nothing that tells its rows apart: a captured update or delete"
                                    + " of it would be refused by the server",
                            "Give it a primary key, or run there: ALTER TABLE " + table
                                    + " REPLICA IDENTITY FULL. Or leave it out of table.include.list.");
                }
            }
        }
    }

    private MillraceException notReady(String what, String hint) {
        return new MillraceException(ErrorCode.CDC_NOT_READY, what, endpoint.position(), hint, null);
    }

    @Override
    public String slot() {
        return slot;
    }

    @Override
    public void clear(boolean ours) {
        ask("while its replication slot was dropped", connection -> {
            Optional<PostgresSlot> left = PostgresSlot.find(connection, slot);
            if (left.isEmpty()) {
                return false;
            }
            if (slotNamed && !ours) {
                throw notReady(
                        "replication slot '" + slot + "' is there already, and was not made by this connector",
                        "Give the connector another slot.name. If nothing else needs the slot, run there: SELECT"
                                + " pg_drop_replication_slot('" + slot + "').");
            }
            awaitRelease(connection, slot);
            drop(connection, slot);
            return true;
        });
    }

    /** Of the slot that lives while further tables are read. */
    private String readingSlot() {
        return slot.substring(0, Math.min(slot.length(), 58)) + "_join";
    }

    @Override
    public void join(List<TableId> fresh, Optional<String> publicationMode) {
        endReading();
        ask("while tables were added to its publication", connection -> {
            PostgresPublication known = new PostgresPublication(connection, publication);
            for (TableId table : fresh) {
                if (known.has(table)) {
                    continue;
                }
                if (publicationMode.filter("disabled"::equals).isPresent()) {
                    throw notReady(
                            "publication '" + publication + "' does not have table " + table,
                            "Run there: ALTER PUBLICATION " + publication + " ADD TABLE " + table + ".");
                }
                known.add(table);
            }
            return fresh;
        });
    }

    @Override
    public List<TableId> unsent(List<TableId> tables) {
        return ask("while its publication was read", connection -> {
            PostgresPublication known = new PostgresPublication(connection, publication);
            List<TableId> unsent = new ArrayList<>();
            for (TableId table : tables) {
                if (!known.has(table)) {
                    unsent.add(table);
                }
            }
            return unsent;
        });
    }

    @Override
    public Map<String, String> readingProperties() {
        return Map.of(
                "slot.name", readingSlot(), "slot.drop.on.stop", "true", "publication.autocreate.mode", "disabled");
    }

    @Override
    public Map<String, String> waitingProperties() {
        // The publication has more tables by now, and must keep them.
        return Map.of("publication.autocreate.mode", "disabled");
    }

    @Override
    public void endReading() {
        ask("while a replication slot was dropped", connection -> {
            if (PostgresSlot.find(connection, readingSlot()).isPresent()) {
                awaitRelease(connection, readingSlot());
                drop(connection, readingSlot());
            }
            return slot;
        });
    }

    /** Only the record of a commit tells where the transaction ended. */
    @Override
    public boolean isAfter(SourceRecord record, Tracker.Place limit) {
        return record.value() instanceof Struct value
                && value.schema().field("status") != null
                && "END".equals(value.getString("status"))
                && record.sourceOffset().get("lsn_commit") instanceof Number commit
                && limit.offset().get("lsn") instanceof Number end
                && commit.longValue() > end.longValue();
    }

    private static void drop(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    /** The server process of a reader that was killed ends a moment after it. */
    private void awaitRelease(Connection connection, String name) throws SQLException {
        for (int i = 0; ; i++) {
            Optional<PostgresSlot> found = PostgresSlot.find(connection, name);
            if (found.isEmpty() || !found.get().active()) {
                return;
            }
            if (i == 50) {
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "replication slot '" + name + "' is in use by process "
                                + found.get().pid() + " of the server",
                        endpoint.position(),
                        "Is another run of this connector, or another connector with this slot.name, still going?",
                        null);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("select pg_sleep(0.2)");
            }
        }
    }

    @Override
    public void checkResumable(CdcState state) {
        ask("while its replication slot was checked", connection -> {
            lost(connection, state).ifPresent(why -> {
                throw slotLost(why);
            });
            awaitRelease(connection, slot);
            return state;
        });
    }

    private Optional<String> lost(Connection connection, CdcState state) throws SQLException {
        Optional<PostgresSlot> found = PostgresSlot.find(connection, slot);
        if (found.isEmpty()) {
            return Optional.of("replication slot '" + slot + "' is gone");
        }
        if (!slot.equals(state.slot())) {
            return Optional.of(
                    "replication slot '" + slot + "' is not the one that was read here last, '" + state.slot() + "'");
        }
        if (!new PostgresPublication(connection, publication).exists()) {
            return Optional.of("publication '" + publication + "' is gone");
        }
        return found.get().lost(slot, place(state));
    }

    private MillraceException slotLost(String why) {
        return new MillraceException(
                ErrorCode.CDC_SLOT_LOST,
                why + ": changes may be missing that the server no longer has",
                endpoint.position(),
                "Run with --full-refresh to read the tables anew. The server gives up slots that fall behind more than"
                        + " max_slot_wal_keep_size.",
                null);
    }

    private static long place(CdcState state) {
        return state.offset().get("lsn") instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public boolean unchangedSince(String mark) {
        return ask(
                "while its position was read",
                connection ->
                        text(connection, "select pg_current_wal_insert_lsn()").equals(mark));
    }

    @Override
    public String mark(String token) {
        return ask("while a message was written to its log", connection -> {
            boolean flushes = connection.getMetaData().getDatabaseMajorVersion() >= 17;
            try (PreparedStatement statement = connection.prepareStatement(
                    "select pg_logical_emit_message(false, ?, ?" + (flushes ? ", true" : "") + ")")) {
                statement.setString(1, MESSAGE_PREFIX);
                statement.setString(2, token);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return String.valueOf(row.getString(1));
                }
            }
        });
    }

    @Override
    public boolean isMark(SourceRecord record, String token, String mark) {
        if (!(record.value() instanceof Struct value) || value.schema().field("message") == null) {
            return false;
        }
        Struct message = value.getStruct("message");
        Object content = message == null ? null : message.get("content");
        return content instanceof ByteBuffer bytes
                && bytes.equals(ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Tracker tracker(Map<String, Object> offset, Map<String, Long> applied) {
        return new PostgresTracker(offset, applied);
    }

    @Override
    public String position(SourceRecord record) {
        Long lsn = record.value() instanceof Struct value
                ? value.getStruct("source").getInt64("lsn")
                : null;
        return lsn == null ? "" : Lsn.text(lsn);
    }

    @Override
    public Map<String, String> engineProperties(List<TableId> tables, boolean continuous) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("database.dbname", endpoint.database());
        endpoint.parameters().forEach((key, value) -> properties.put("database." + key, value));
        properties.put("plugin.name", "pgoutput");
        properties.put("slot.name", slot);
        properties.put("publication.name", publication);
        properties.put("publication.autocreate.mode", "filtered");
        // The changes of partitions are those of the table that they are of.
        properties.put("publish.via.partition.root", "true");
        properties.put("hstore.handling.mode", "json");
        properties.put("interval.handling.mode", "string");
        properties.put("converters", "millrace");
        properties.put("millrace.type", PostgresValues.class.getName());
        properties.put("slot.max.retries", "2");
        properties.put("slot.retry.delay.ms", "500");
        if (continuous) {
            // Without writes to the captured tables the slot would hold back the log of the whole server.
            properties.put(
                    "heartbeat.action.query",
                    "select pg_logical_emit_message(false, '" + MESSAGE_PREFIX + "', 'heartbeat')");
        }
        return properties;
    }

    @Override
    public List<DataType.Field> columns(TableId table) {
        return ask("while its catalogue was read", connection -> PostgresColumns.of(connection, table));
    }

    @Override
    public Origin origin(TableId table, String column, List<String> gone, List<String> stayed) {
        return ask(
                "while its catalogue was read",
                connection -> PostgresColumns.origin(connection, table, column, gone, stayed));
    }

    /** The number of the file that has its rows; empty for a partitioned table. */
    @Override
    public String version(TableId table) {
        return ask("while its catalogue was read", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select pg_relation_filenode(c.oid) from"
                            + " pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?")) {
                statement.setString(1, table.schema());
                statement.setString(2, table.table());
                try (ResultSet row = statement.executeQuery()) {
                    String file = row.next() ? row.getString(1) : null;
                    return file == null ? "" : file;
                }
            }
        });
    }

    /**
     * A change of type that computes anything writes all rows to another file, and so does nothing that keeps them. A
     * column that is added stands last; one that does not has got the name of another, which was then given anew.
     */
    @Override
    public boolean mayHaveChangedRows(TableId table, Shape before, Shape now) {
        List<String> common = now.common(before);
        boolean givenAnew = common.size() == before.columns().size()
                && !now.names().subList(0, common.size()).equals(common);
        return givenAnew
                || (before.declaresAnew(now)
                        && (before.version().isEmpty() || !before.version().equals(version(table))));
    }

    @Override
    public MillraceException explain(Throwable failure, Optional<CdcState> state) {
        MillraceException plain = PostgresErrors.of(failure, endpoint, "while changes were read");
        if (plain.code() == ErrorCode.AUTHENTICATION_FAILED || state.isEmpty()) {
            return plain;
        }
        try {
            return ask("", connection -> lost(connection, state.get()))
                    .map(this::slotLost)
                    .orElse(plain);
        } catch (MillraceException unreachable) {
            return unreachable.code() == ErrorCode.CONNECTION_REFUSED ? unreachable : plain;
        }
    }

    @Override
    public SourceStatus status(Optional<CdcState> state) {
        return ask("while its position was read", connection -> {
            String position = text(connection, "select pg_current_wal_lsn()");
            Optional<PostgresSlot> found = PostgresSlot.find(connection, slot);
            boolean streaming = state.map(CdcState::streaming).orElse(false);
            long place = streaming
                    ? place(state.orElseThrow())
                    : found.map(PostgresSlot::confirmed).orElse(0L);
            OptionalLong lag = streaming || (state.isEmpty() && place > 0)
                    ? OptionalLong.of(Math.max(0, Lsn.parse(position) - place))
                    : OptionalLong.empty();
            return new SourceStatus(
                    position,
                    found.map(PostgresSlot::confirmed)
                            .filter(confirmed -> confirmed > 0)
                            .map(Lsn::text),
                    lag,
                    found.map(one -> OptionalLong.of(one.retainedBytes())).orElse(OptionalLong.empty()),
                    found.map(PostgresSlot::active).or(() -> Optional.of(false)),
                    streaming ? lost(connection, state.orElseThrow()) : Optional.empty());
        });
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
