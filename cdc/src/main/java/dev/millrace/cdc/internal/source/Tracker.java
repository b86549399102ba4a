package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.TableId;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Follows the position in a source's log as records go by, so that what has been applied can be told from what has not
 * after a crash. Used by one thread.
 */
public interface Tracker {
    /** A place to resume at. */
    record Place(Map<String, Object> offset, Map<String, Long> applied, String position) {
        public Place {
            offset = Map.copyOf(offset);
            applied = Map.copyOf(applied);
        }
    }

    /** A record that is no change of a row went by. */
    void pass(SourceRecord record);

    /** A change went by. @return whether it is to be applied: it has not been before */
    boolean take(SourceRecord record, TableId table);

    /** Where to resume so that all that went by counts as applied. */
    Place place();
}
