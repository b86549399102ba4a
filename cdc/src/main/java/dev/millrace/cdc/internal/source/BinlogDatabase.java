package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.ColumnChanges.Origin;
import dev.millrace.cdc.internal.apply.Shape;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** A server whose binary log is read as a replica reads it: what MySQL and MariaDB have in common. */
abstract class BinlogDatabase implements SourceDatabase {
    private final Endpoint endpoint;
    private final long serverId;

    /** @param serverId the number by which the server knows this reader; no replica may have the same */
    BinlogDatabase(Endpoint endpoint, long serverId) {
        this.endpoint = endpoint;
        this.serverId = serverId;
    }

    /** Something asked of the server. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** What its driver's URLs begin with. */
    abstract String scheme();

    /** Fails with CDC_NOT_READY if the server is of another kind than the connector. */
    abstract void checkKind(String version);

    /** Why what follows {@code state} cannot be had any more. */
    abstract Optional<String> lost(Connection connection, CdcState state) throws SQLException;

    Endpoint endpoint() {
        return endpoint;
    }

    final <T> T ask(String attempt, Question<T> question) {
        Properties properties = new Properties();
        properties.setProperty("user", endpoint.user());
        properties.setProperty("password", endpoint.password().reveal());
        properties.setProperty("connectTimeout", "10000");
        driverProperties().forEach(properties::setProperty);
        sslMode().ifPresent(mode -> properties.setProperty("sslMode", mode));
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        try (Connection connection = DriverManager.getConnection(
                "jdbc:" + scheme() + "://" + host + ":" + endpoint.port() + "/", properties)) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw BinlogErrors.of(e, endpoint, attempt);
        }
    }

    /** More settings of its driver. */
    Map<String, String> driverProperties() {
        return Map.of();
    }

    private Optional<String> sslMode() {
        return Optional.ofNullable(endpoint.parameters().get("sslmode"));
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
            checkKind(text(connection, "select version()"));
            expect(connection, "log_bin", "1", "Start the server with log_bin (in my.cnf, under [mysqld]).");
            expect(connection, "binlog_format", "ROW", "Run there: SET GLOBAL binlog_format = 'ROW'.");
            expect(connection, "binlog_row_image", "FULL", "Run there: SET GLOBAL binlog_row_image = 'FULL'.");
            checkMore(connection);
            for (TableId table : tables) {
                checkTable(connection, table);
            }
            return tables;
        });
    }

    /** Further settings that are needed. */
    void checkMore(Connection connection) throws SQLException {}

    final void expect(Connection connection, String variable, String wanted, String hint) throws SQLException {
        String value = text(connection, "select @@global." + variable);
        if (!value.equalsIgnoreCase(wanted)) {
            throw notReady(
                    variable + " of " + endpoint.kind().title() + " at " + endpoint.host() + ":" + endpoint.port()
                            + " is " + value,
                    hint);
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

    final MillraceException notReady(String what, String hint) {
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

    static MillraceException lost(Endpoint endpoint, String why) {
        return new MillraceException(
                ErrorCode.CDC_SLOT_LOST,
                why + ": changes may be missing that the server no longer has",
                endpoint.position(),
                "Run with --full-refresh to read the tables anew. The server keeps its log for"
                        + " binlog_expire_logs_seconds.",
                null);
    }

    /** A transaction's records have the place of its begin, all others the one after them. */
    @Override
    public boolean isAfter(SourceRecord record, Tracker.Place limit) {
        Optional<BinlogPlace> end = BinlogPlace.of(limit.offset());
        Optional<BinlogPlace> place = BinlogPlace.of(record.sourceOffset());
        if (end.isEmpty() || place.isEmpty()) {
            return false;
        }
        int order = place.get().compareTo(end.get());
        return order > 0 || (order == 0 && isBegin(record));
    }

    private static boolean isBegin(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("status") != null
                && "BEGIN".equals(value.getString("status"));
    }

    @Override
    public boolean truncatesAlone() {
        return true;
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
        sslMode().ifPresent(mode -> properties.put("database.ssl.mode", mode));
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
        return ask("while its catalogue was read", connection -> BinlogColumns.of(connection, table));
    }

    @Override
    public Origin origin(TableId table, String column, List<String> gone, List<String> stayed) {
        return ask(
                "while its catalogue was read",
                connection -> BinlogColumns.origin(connection, endpoint.kind(), table, column, gone));
    }

    @Override
    public boolean mayHaveChangedRows(TableId table, Shape before, Shape now) {
        boolean converted = before.common(now).stream()
                .anyMatch(name -> !BinlogTypes.keepsValues(
                        String.valueOf(before.columns().get(name)),
                        String.valueOf(now.columns().get(name))));
        return converted || mayHaveGivenNameAnew(before, now);
    }

    /** Whether a column may have got another name, and a new last one then its old name. */
    private static boolean mayHaveGivenNameAnew(Shape before, Shape now) {
        List<String> names = now.names();
        String last = names.get(names.size() - 1);
        int place = before.common(now).indexOf(last);
        if (place < 0) {
            return false;
        }
        String other = names.get(place);
        return !before.columns().containsKey(other)
                && Objects.equals(now.columns().get(other), now.columns().get(last));
    }

    @Override
    public MillraceException explain(Throwable failure, Optional<CdcState> state) {
        MillraceException plain = BinlogErrors.of(failure, endpoint, "while changes were read");
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

    static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
