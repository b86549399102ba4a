package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.config.DatabaseKind;
import dev.millrace.cdc.internal.config.Endpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.source.SourceRecord;

/** A MariaDB server, read by global transaction ids. */
public final class MariaDbDatabase extends BinlogDatabase {
    /** @param serverId the number by which the server knows this reader; no replica may have the same */
    public MariaDbDatabase(Endpoint endpoint, long serverId) {
        super(endpoint, serverId);
    }

    @Override
    String scheme() {
        return "mariadb";
    }

    @Override
    void checkKind(String version) {
        if (!version.toLowerCase(Locale.ROOT).contains("mariadb")) {
            throw notReady(
                    "the server at " + endpoint().host() + ":" + endpoint().port() + " is not MariaDB but MySQL "
                            + version,
                    "Write connector.class: " + DatabaseKind.MYSQL.connectorClass() + ".");
        }
    }

    @Override
    Optional<String> lost(Connection connection, CdcState state) throws SQLException {
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
    public Tracker tracker(Map<String, Object> offset, Map<String, Long> applied) {
        return new MariaDbTracker(offset, applied);
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
}
