package dev.millrace.ingest.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.ingest.source.CursorValue;
import dev.millrace.ingest.source.Lookback;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an incremental stream has come, as it is kept in the warehouse.
 *
 * @param cursorField the column
 * @param type of the column, as {@link Types} names it
 * @param value the greatest value read so far; null if every row so far had none
 * @param settledUntil rows that come later may still carry this value or a later one; null if not known
 * @param mode how rows are written
 * @param primaryKey by which they are told apart
 * @param columns that were read last
 */
record SyncState(
        @JsonProperty("cursor_field") String cursorField,
        @JsonProperty("type") String type,
        @JsonProperty("value") @Nullable String value,
        @JsonProperty("settled_until") @Nullable String settledUntil,
        @JsonProperty("mode") String mode,
        @JsonProperty("primary_key") List<String> primaryKey,
        @JsonProperty("columns") List<String> columns) {
    private static final ObjectMapper JSON = new ObjectMapper();

    SyncState {
        primaryKey = List.copyOf(primaryKey);
        columns = List.copyOf(columns);
    }

    static Optional<SyncState> read(Session session, String key) {
        return StateStore.read(session, key).map(json -> {
            try {
                return JSON.readValue(json, SyncState.class);
            } catch (JsonProcessingException e) {
                throw new MillraceException(
                        ErrorCode.SOURCE_FAILED,
                        "the state of " + key + " in " + StateStore.SCHEMA + ".state cannot be read",
                        null,
                        "Run with --full-refresh to start over.",
                        e);
            }
        });
    }

    void write(Session session, String key) {
        try {
            StateStore.write(session, key, JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and lists of texts are JSON", e);
        }
    }

    /** The cursor value the next increment begins at; empty if it has to read everything. */
    Optional<String> from(Optional<Lookback> lookback) {
        Optional<DataType> known = Types.parse(type);
        if (value == null || known.isEmpty()) {
            return Optional.empty();
        }
        DataType cursorType = known.get();
        String from = settledUntil == null ? value : CursorValue.earlier(value, settledUntil, cursorType);
        return Optional.of(lookback.filter(back -> CursorValue.canMove(cursorType, back))
                .map(back -> CursorValue.minus(from, back, cursorType))
                .orElse(from));
    }
}
