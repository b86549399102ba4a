package dev.millrace.ingest.internal;

import java.util.Locale;

/** What becomes of the rows that are already in the destination. */
enum DestinationMode {
    /** They are replaced by those that were read. */
    OVERWRITE,
    /** They stay. */
    APPEND,
    /** One row per primary key stays: the one that was read last. */
    APPEND_DEDUP;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
