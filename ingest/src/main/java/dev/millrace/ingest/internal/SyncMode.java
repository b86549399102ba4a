package dev.millrace.ingest.internal;

import java.util.Locale;

/** Which rows a stream reads. */
enum SyncMode {
    FULL_REFRESH,
    INCREMENTAL;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
