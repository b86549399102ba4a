package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.AddedColumns.Origin;
import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A MariaDB server, read through its binary log as a replica reads it, by global transaction ids. */
public final class MariaDbDatabase implements SourceDatabase {
    private final Endpoint endpoint;
    private final long serverId;

    /** @param serverId the number by which the server knows this reader; no replica may have the same */
    public MariaDbDatabase(Endpoint endpoint, long serverId) {
        this.endpoint = endpoint;
        this.serverId = serverId;
    }

    /** Something asked of the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private <T> T ask(String attempt, Question<T> question) {
        Properties properties = new Properties();
        properties.setProperty("user", endpoint.user());
        properties.setProperty("password", endpoint.password().reveal());
        properties.setProperty("connectTimeout", "10000");
        Optional.ofNullable(endpoint.parameters().get("sslmode"))
                .ifPresent(mode -> properties.setProperty("sslMode", mode));
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        try (Connection connection =
                DriverManager.getConnection("jdbc:mariadb://" + host + ":" + endpoint.port() + "/", properties)) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw MariaDbErrors.of(e, endpoint, attempt);
        }
    }

    @Override
    public List<TableId> tables(TablePattern pattern) {
        return ask("while listing its tables", connection -> {
            List<TableId> tables = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select table_schema, table_name from"
                            + " information_schema.tables where table_type = 'BASE TABLE' and table_schema not in"
                            + " ('mysql', 'information_schema', 'performance_schema', 'sys') order by 1, 2")) {
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
            String version = text(connection, "select version()");
            if (!version.toLowerCase(Locale.ROOT).contains("mariadb")) {
                throw notReady(
                        "the server at " + endpoint.host() + ":" + endpoint.port() + " is not MariaDB but " + version,
                        "Only MariaDB's binary log can be read.");
            }
            expect(connection, "log_bin", "1", "Start the server with log_bin (in my.cnf, under [mysqld]).");
            expect(connection, "binlog_format", "ROW", "Run there: SET GLOBAL binlog_format = 'ROW'.");
            expect(connection, "binlog_row_image", "FULL", "Run there: SET GLOBAL binlog_row_image = 'FULL'.");
            for (TableId table : tables) {
                checkTable(connection, table);
            }
            return tables;
        });
    }

    private void expect(Connection connection, String variable, String wanted, String hint) throws SQLException {
        String value = text(connection, "select @@global." + variable);
        if (!value.equalsIgnoreCase(wanted)) {
            throw notReady(
                    variable + " of MariaDB at " + endpoint.host() + ":" + endpoint.port() + " is " + value, hint);
        }
    }

    private void checkTable(Connection connection, TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from information_schema.tables where table_schema = ? and table_name = ?")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new MillraceException(
                            ErrorCode.STREAM_NOT_FOUND,
                            "there is no table " + table + " on " + endpoint.host() + ":" + endpoint.port(),
                            null,
                            "Check table.include.list, and that '" + endpoint.user() + "' may read the table.",
                            null);
                }
            }
        }
    }

    private MillraceException notReady(String what, String hint) {
        return new MillraceException(ErrorCode.CDC_NOT_READY, what, endpoint.position(), hint, null);
    }

    @Override
    public @Nullable String slot() {
        return null;
    }

    @Override
    public void clear(boolean ours) {}

    @Override
    public void checkResumable(CdcState state) {
        ask("while its binary log was checked", connection -> {
            lost(connection, state).ifPresent(why -> {
                throw lost(endpoint, why);
            });
            return state;
        });
    }

    private static Optional<String> lost(Connection connection, CdcState state) throws SQLException {
        Gtids place = Gtids.parse(state.offset().get("gtids"));
        if (!position(connection).covers(place)) {
            return Optional.of("the server's log ends before what was read here last, " + place);
        }
        String first = text(connection, "show binary logs");
        try (PreparedStatement statement = connection.prepareStatement("select binlog_gtid_pos(?, 4)")) {
            statement.setString(1, first);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Gtids begin = Gtids.parse(row.getString(1));
                return place.covers(begin)
                        ? Optional.empty()
                        : Optional.of(
                                "the server's log begins after " + begin + ", and what was read here last is " + place);
            }
        }
    }

    static MillraceException lost(Endpoint endpoint, String why) {
        return new MillraceException(
                ErrorCode.CDC_SLOT_LOST,
                why + ": changes may be missing that the server no longer has",
                endpoint.position(),
                "Run with --full-refresh to read the tables anew. The server keeps its log for"
                        + " binlog_expire_logs_seconds.",
                null);
    }

    @Override
    public boolean unchangedSince(String mark) {
        return ask(
                "while its position was read",
                connection -> position(connection).equals(Gtids.parse(mark.substring(mark.indexOf(' ') + 1))));
    }

    /** The id of an own entry of the log, then where the log ends with it. */
    @Override
    public String mark(String token) {
        return ask("while an entry was written to its log", connection -> {
            Gtids before = position(connection);
            try (Statement statement = connection.createStatement()) {
                // Of all that goes to the log by itself it does the least: names of hosts are looked up anew.
                statement.execute("flush hosts");
            }
            String own = text(connection, "select @@last_gtid");
            return own + " " + before.with(own);
        });
    }

    @Override
    public boolean isMark(SourceRecord record, String token, String mark) {
        return mark.substring(0, mark.indexOf(' ')).equals(MariaDbTracker.transaction(record, "BEGIN"));
    }

    @Override
    public boolean truncatesAlone() {
        return true;
    }

    @Override
    public Tracker tracker(Map<String, Object> offset, Map<String, Long> applied) {
        return new MariaDbTracker(offset, applied);
    }

    @Override
    public String position(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return "";
        }
        Struct source = value.getStruct("source");
        return source.getString("file") + ":" + source.getInt64("pos");
    }

    @Override
    public Map<String, String> engineProperties(List<TableId> tables, boolean continuous) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("database.server.id", Long.toString(serverId));
        Optional.ofNullable(endpoint.parameters().get("sslmode"))
                .ifPresent(mode -> properties.put("database.ssl.mode", mode));
        properties.put("bigint.unsigned.handling.mode", "precise");
        properties.put("include.schema.changes", "true");
        properties.put("schema.history.internal.store.only.captured.tables.ddl", "true");
        // A connection that is lost ends the run, and the next one resumes at the place that is stored.
        properties.put("connect.keep.alive", "false");
        properties.put("connect.keep.alive.interval.ms", "1000");
        return properties;
    }

    @Override
    public boolean neverSilent() {
        return true;
    }

    @Override
    public boolean keepsSchemaHistory() {
        return true;
    }

    @Override
    public List<DataType.Field> columns(TableId table) {
        return ask("while its catalogue was read", connection -> MariaDbColumns.of(connection, table));
    }

    @Override
    public Origin origin(TableId table, String column, List<String> gone, List<String> stayed) {
        return ask(
                "while its catalogue was read", connection -> MariaDbColumns.origin(connection, table, column, gone));
    }

    @Override
    public MillraceException explain(Throwable failure, Optional<CdcState> state) {
        MillraceException plain = MariaDbErrors.of(failure, endpoint, "while changes were read");
        if (plain.code() != ErrorCode.SOURCE_FAILED || state.isEmpty()) {
            return plain;
        }
        try {
            return ask("", connection -> lost(connection, state.get()))
                    .map(why -> lost(endpoint, why))
                    .orElse(plain);
        } catch (MillraceException unreachable) {
            return unreachable.code() == ErrorCode.CONNECTION_REFUSED ? unreachable : plain;
        }
    }

    @Override
    public SourceStatus status(Optional<CdcState> state) {
        return ask("while its position was read", connection -> {
            Gtids position = position(connection);
            boolean streaming = state.map(CdcState::streaming).orElse(false);
            boolean even = streaming
                    && Gtids.parse(state.orElseThrow().offset().get("gtids")).covers(position);
            return new SourceStatus(
                    position.toString(),
                    Optional.empty(),
                    even ? OptionalLong.of(0) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    streaming ? lost(connection, state.orElseThrow()) : Optional.empty());
        });
    }

    private static Gtids position(Connection connection) throws SQLException {
        return Gtids.parse(text(connection, "select @@global.gtid_binlog_pos"));
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
