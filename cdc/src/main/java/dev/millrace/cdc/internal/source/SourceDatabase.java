package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.ColumnChanges;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database that changes are captured from: everything about it that Debezium does not do. Every method opens a
 * connection of its own and throws {@link MillraceException} if it cannot be had. Thread-safe.
 */
public interface SourceDatabase extends ColumnChanges {
    /** The tables there that a connector's lists mean. */
    List<TableId> tables(TablePattern pattern);

    /** @throws MillraceException CDC_NOT_READY, STREAM_NOT_FOUND if these tables cannot be captured */
    void check(List<TableId> tables);

    /** What the connector makes for itself at the source, such as a replication slot; null if it makes nothing. */
    @Nullable
    String slot();

    /**
     * Makes way for a first reading.
     *
     * @param ours whether an earlier run of this connector has made the slot
     */
    void clear(boolean ours);

    /** @throws MillraceException CDC_SLOT_LOST if the source does not have what follows {@code state} any more */
    void checkResumable(CdcState state);

    /**
     * Makes the source send the changes of further tables from now on, so that none is missing after they are read.
     *
     * @throws MillraceException CDC_NOT_READY if it may not
     */
    default void join(List<TableId> fresh, Optional<String> publicationMode) {}

    /** Those of these tables whose changes the source does not send, though it once did. */
    default List<TableId> unsent(List<TableId> tables) {
        return List.of();
    }

    /** What a reading of further tables needs beside the connector's own settings: it must not disturb what goes on. */
    default Map<String, String> readingProperties() {
        return Map.of();
    }

    /** What following until further tables join needs beside them. */
    default Map<String, String> waitingProperties() {
        return Map.of();
    }

    /** Removes what a reading of further tables has made at the source. */
    default void endReading() {}

    /**
     * Whether a record is of a transaction that is none of those before {@code limit}; it has nothing after it that is.
     */
    boolean isAfter(org.apache.kafka.connect.source.SourceRecord record, Tracker.Place limit);

    /** Whether the source certainly has nothing new since {@code mark} was given. */
    boolean unchangedSince(String mark);

    /**
     * Asks for a sign in the log that comes after everything that is committed now.
     *
     * @param token by which {@link #isMark} knows it
     * @return the position right after it, if nothing comes in between
     */
    String mark(String token);

    /** Whether a record is that sign, or comes after it. */
    boolean isMark(org.apache.kafka.connect.source.SourceRecord record, String token, String mark);

    /** Whether a truncate is no part of a transaction that ends later. */
    default boolean truncatesAlone() {
        return false;
    }

    /** Whether a connection that is open never stays silent: if it does, it is lost, and nobody says so. */
    default boolean neverSilent() {
        return false;
    }

    /** Whether rows of the log can only be read with the definitions their tables had then. */
    default boolean keepsSchemaHistory() {
        return false;
    }

    Tracker tracker(Map<String, Object> offset, Map<String, Long> applied);

    /** The position of a change, as people write it. */
    String position(org.apache.kafka.connect.source.SourceRecord record);

    /** What Debezium has to know of this database beside the connector's own config. */
    Map<String, String> engineProperties(List<TableId> tables, boolean continuous);

    /** What the source changes when it writes all rows of a table anew; empty if it tells nothing of it. */
    default String version(TableId table) {
        return "";
    }

    /** The columns of a table, as Debezium's events will have them. */
    List<DataType.Field> columns(TableId table);

    /** Why the engine failed, in Millrace's words. */
    MillraceException explain(Throwable failure, Optional<CdcState> state);

    SourceStatus status(Optional<CdcState> state);
}
