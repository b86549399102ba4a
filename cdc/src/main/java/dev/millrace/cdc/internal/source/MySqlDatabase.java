package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.config.DatabaseKind;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.source.SourceRecord;

/** A MySQL server, read by global transaction ids where it has them and by places in its log's files where not. */
public final class MySqlDatabase extends BinlogDatabase {
    /** {@code SHOW BINLOG EVENTS} was given a place that is between no two entries. */
    private static final int WRONG_PLACE = 1220;

    /** @param serverId the number by which the server knows this reader; no replica may have the same */
    public MySqlDatabase(Endpoint endpoint, long serverId) {
        super(endpoint, serverId);
    }

    /** A file of the log. */
    private record LogFile(String name, long bytes) {}

    @Override
    String scheme() {
        return "mysql";
    }

    @Override
    Map<String, String> driverProperties() {
        // As Debezium's own connection has it: without TLS the password is encrypted with the server's key.
        return Map.of("allowPublicKeyRetrieval", "true");
    }

    @Override
    void checkKind(String version) {
        if (version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            throw notReady(
                    "the server at " + endpoint().host() + ":" + endpoint().port() + " is not MySQL but MariaDB "
                            + version,
                    "Write connector.class: " + DatabaseKind.MARIADB.connectorClass() + ".");
        }
    }

    @Override
    void checkMore(Connection connection) throws SQLException {
        expect(connection, "binlog_row_value_options", "", "Run there: SET GLOBAL binlog_row_value_options = ''.");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show global variables like 'binlog_transaction_compression'")) {
            if (row.next() && row.getString(2).equals("ON") && !hasGtids(connection)) {
                throw notReady(
                        "binlog_transaction_compression of MySQL at "
                                + endpoint().host() + ":" + endpoint().port() + " is ON, and gtid_mode is not",
                        "Places within compressed transactions can only be told by their ids: set gtid_mode = ON, or"
                                + " run there: SET GLOBAL binlog_transaction_compression = OFF.");
            }
        }
    }

    private static boolean hasGtids(Connection connection) throws SQLException {
        return text(connection, "select @@global.gtid_mode").equals("ON");
    }

    @Override
    Optional<String> lost(Connection connection, CdcState state) throws SQLException {
        if (state.offset().get("gtids") instanceof String gtids && hasGtids(connection)) {
            return lost(connection, gtids);
        }
        Optional<BinlogPlace> place = BinlogPlace.of(state.offset());
        return place.isPresent() ? lost(connection, place.get()) : Optional.empty();
    }

    private static Optional<String> lost(Connection connection, String gtids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select gtid_subset(?, @@global.gtid_executed)," + " gtid_subtract(@@global.gtid_purged, ?)")) {
            statement.setString(1, gtids);
            statement.setString(2, gtids);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return Optional.of("the server's log ends before what was read here last, " + gtids);
                }
                String gone = row.getString(2);
                return gone == null || gone.isEmpty()
                        ? Optional.empty()
                        : Optional.of("the server has thrown away the transactions " + gone.replaceAll("\\s", ""));
            }
        }
    }

    private static Optional<String> lost(Connection connection, BinlogPlace place) throws SQLException {
        for (LogFile file : files(connection)) {
            if (!file.name().equals(place.file())) {
                continue;
            }
            if (place.position() > file.bytes() || !isBetweenEntries(connection, place)) {
                return Optional.of("the server's log is another than the one that was read here up to " + place);
            }
            return Optional.empty();
        }
        return Optional.of("the server no longer has the log's file of " + place);
    }

    private static boolean isBetweenEntries(Connection connection, BinlogPlace place) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show binlog events in '"
                        + place.file().replace("'", "''") + "' from " + place.position() + " limit 1")) {
            // At the end of the log there is no entry, and no error either.
            return row != null;
        } catch (SQLException e) {
            if (e.getErrorCode() == WRONG_PLACE) {
                return false;
            }
            throw e;
        }
    }

    private static List<LogFile> files(Connection connection) throws SQLException {
        List<LogFile> files = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show binary logs")) {
            while (rows.next()) {
                files.add(new LogFile(rows.getString(1), rows.getLong(2)));
            }
        }
        return files;
    }

    /** Where the log ends. */
    private static BinlogPlace end(Connection connection) throws SQLException {
        boolean renamed = connection.getMetaData().getDatabaseMajorVersion() > 8
                || (connection.getMetaData().getDatabaseMajorVersion() == 8
                        && connection.getMetaData().getDatabaseMinorVersion() >= 4);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(renamed ? "show binary log status" : "show master status")) {
            if (!row.next()) {
                throw new SQLException("the server has no binary log");
            }
            return new BinlogPlace(row.getString(1), row.getLong(2));
        }
    }

    @Override
    public boolean unchangedSince(String mark) {
        return ask("while its position was read", connection -> end(connection).equals(BinlogPlace.parse(mark)));
    }

    /** Where the log ends. The server tells a reader that has come there so, a moment later. */
    @Override
    public String mark(String token) {
        return ask("while its position was read", connection -> end(connection).toString());
    }

    @Override
    public boolean isMark(SourceRecord record, String token, String mark) {
        return BinlogPlace.of(record.sourceOffset())
                .filter(place -> place.compareTo(BinlogPlace.parse(mark)) >= 0)
                .isPresent();
    }

    @Override
    public Tracker tracker(Map<String, Object> offset, Map<String, Long> applied) {
        return new MySqlTracker(offset, applied);
    }

    @Override
    public Map<String, String> engineProperties(List<TableId> tables, boolean continuous) {
        Map<String, String> properties = super.engineProperties(tables, continuous);
        if (!continuous) {
            // How soon the server says that there is nothing more.
            properties.put("connect.keep.alive.interval.ms", "250");
        }
        return properties;
    }

    @Override
    public SourceStatus status(Optional<CdcState> state) {
        return ask("while its position was read", connection -> {
            BinlogPlace end = end(connection);
            Optional<CdcState> streaming = state.filter(CdcState::streaming);
            Optional<BinlogPlace> place = streaming.flatMap(known -> BinlogPlace.of(known.offset()));
            return new SourceStatus(
                    end.toString(),
                    Optional.empty(),
                    place.isPresent() ? bytesAfter(connection, place.get()) : OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    streaming.isPresent() ? lost(connection, streaming.get()) : Optional.empty());
        });
    }

    private static OptionalLong bytesAfter(Connection connection, BinlogPlace place) throws SQLException {
        long bytes = 0;
        boolean found = false;
        for (LogFile file : files(connection)) {
            if (found) {
                bytes += file.bytes();
            } else if (file.name().equals(place.file())) {
                found = true;
                bytes = Math.max(0, file.bytes() - place.position());
            }
        }
        return found ? OptionalLong.of(bytes) : OptionalLong.empty();
    }
}
