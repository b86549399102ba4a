package dev.millrace.orchestrate.internal.store;

import dev.millrace.core.graph.Status;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rows of the store become records. */
final class Columns {
    private Columns() {}

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static @Nullable Long micros(Optional<Instant> at) {
        return at.map(Columns::micros).orElse(null);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
    }

    static String counts(Map<Status, Integer> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(entry -> entry.getKey().key() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }

    static RunRecord run(ResultSet row) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                RequestJson.read(row.getString("request")),
                RunState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempt"),
                Optional.ofNullable(row.getString("retry_of")),
                instant(row.getLong("queued_at")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                Optional.ofNullable(row.getString("error")),
                counts(row.getString("counts")),
                row.getInt("total"));
    }

    static Map<Status, Integer> counts(String text) {
        Map<Status, Integer> counts = new TreeMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                counts.put(status(part.substring(0, equals)), Integer.parseInt(part.substring(equals + 1)));
            }
        }
        return counts;
    }

    static NodeRun node(ResultSet row) throws SQLException {
        String id = row.getString("node_id");
        return new NodeRun(
                row.getString("run_id"),
                id,
                id.substring(0, Math.max(0, id.indexOf('.'))),
                Optional.ofNullable(row.getString("status")).map(Columns::status),
                row.getInt("place"),
                instant(row.getLong("started_at")),
                instant(row, "finished_at"),
                number(row, "rows"),
                number(row, "failures"),
                row.getString("message"),
                row.getInt("attempts"),
                row.getString("thread"));
    }

    static RunLog event(ResultSet row) throws SQLException {
        return new RunLog(
                row.getString("run_id"),
                row.getLong("sequence"),
                instant(row.getLong("at")),
                row.getString("name"),
                row.getString("json"));
    }

    private static Status status(String key) {
        return Status.valueOf(key.toUpperCase(Locale.ROOT));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
