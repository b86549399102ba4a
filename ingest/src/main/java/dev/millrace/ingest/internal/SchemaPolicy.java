package dev.millrace.ingest.internal;

import java.util.Locale;

/** What happens when the columns of a stream are no longer those of its table. */
enum SchemaPolicy {
    /** The table follows: columns are added, types widened; columns that are gone stay and hold null in new rows. */
    EVOLVE,
    /** The stream fails. */
    FREEZE,
    /**
     * The stream is not read until someone says {@code --full-refresh}; what depends on it goes on with the old data.
     */
    PAUSE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
