package dev.millrace.cdc.internal.apply;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a connector has come, as it is kept in the warehouse beside the data.
 *
 * @param phase {@link #SNAPSHOT} while the first reading goes on, then {@link #STREAMING}
 * @param slot what the connector made for itself at the source; null where there is no such thing
 * @param tables that have been read
 * @param offset where Debezium is to resume
 * @param applied how many changes after that offset have been applied already, by table
 * @param sequence number of the last change
 * @param position in the source's log, for people
 * @param changedAt when the source committed the last change, ISO 8601; null before the first
 * @param mark the position in the log after which nothing had been written when the last run ended; null if not known
 * @param left tables that were read once and are no longer followed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CdcState(
        @JsonProperty("phase") String phase,
        @JsonProperty("slot") @Nullable String slot,
        @JsonProperty("tables") List<String> tables,
        @JsonProperty("offset") Map<String, Object> offset,
        @JsonProperty("applied") Map<String, Long> applied,
        @JsonProperty("sequence") long sequence,
        @JsonProperty("position") @Nullable String position,
        @JsonProperty("changed_at") @Nullable String changedAt,
        @JsonProperty("mark") @Nullable String mark,
        @JsonProperty("left") @Nullable List<String> left) {
    public static final String SNAPSHOT = "snapshot";
    public static final String STREAMING = "streaming";

    private static final ObjectMapper JSON = new ObjectMapper();

    public CdcState {
        tables = List.copyOf(tables);
        offset = new LinkedHashMap<>(offset);
        applied = new LinkedHashMap<>(applied);
        left = left == null ? List.of() : List.copyOf(left);
    }

    /** Before anything has been read. */
    public static CdcState beginning(@Nullable String slot, List<String> tables, long sequence, List<String> left) {
        return new CdcState(SNAPSHOT, slot, tables, Map.of(), Map.of(), sequence, null, null, null, left);
    }

    public boolean streaming() {
        return phase.equals(STREAMING);
    }

    /** @throws MillraceException if what is there cannot be read */
    public static Optional<CdcState> read(Session session, String key) {
        return StateStore.read(session, key).map(json -> {
            try {
                return JSON.readValue(json, CdcState.class);
            } catch (JsonProcessingException e) {
                throw new MillraceException(
                        ErrorCode.CDC_SNAPSHOT_NEEDED,
                        "the state of " + key + " in " + StateStore.SCHEMA + ".state cannot be read",
                        null,
                        "Run with --full-refresh to start over.",
                        e);
            }
        });
    }

    /** In the session's current transaction; {@link StateStore#create} has been called. */
    public void write(Session session, String key) {
        try {
            StateStore.update(session, key, JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are JSON", e);
        }
    }

    /** With other tables; of those before, the ones that are none of them are left. */
    public CdcState withTables(List<String> followed) {
        List<String> others = new ArrayList<>(left());
        tables.stream().filter(table -> !others.contains(table)).forEach(others::add);
        others.removeAll(followed);
        return new CdcState(phase, slot, followed, offset, applied, sequence, position, changedAt, mark, others);
    }

    @Override
    public List<String> left() {
        return left == null ? List.of() : left;
    }

    public CdcState withSequence(long value) {
        return new CdcState(phase, slot, tables, offset, applied, value, position, changedAt, mark, left);
    }

    public CdcState withMark(@Nullable String value) {
        return new CdcState(phase, slot, tables, offset, applied, sequence, position, changedAt, value, left);
    }
}
