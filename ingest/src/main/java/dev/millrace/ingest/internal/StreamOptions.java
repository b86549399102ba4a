package dev.millrace.ingest.internal;

import dev.millrace.core.Position;
import dev.millrace.ingest.source.Lookback;
import java.util.List;
import java.util.Optional;

/**
 * What can be said of one stream, or of all streams of a connection.
 *
 * @param at where each of these stands, for errors
 */
record StreamOptions(
        Optional<SyncMode> syncMode,
        Optional<DestinationMode> destinationMode,
        Optional<String> cursorField,
        List<String> primaryKey,
        Optional<Lookback> lookback,
        Position at) {
    StreamOptions {
        primaryKey = List.copyOf(primaryKey);
    }

    /** These, and what they leave open as {@code defaults} say. */
    StreamOptions or(StreamOptions defaults) {
        return new StreamOptions(
                syncMode.or(defaults::syncMode),
                destinationMode.or(() -> syncMode.isPresent() && !syncMode.equals(defaults.syncMode())
                        ? Optional.empty()
                        : defaults.destinationMode()),
                cursorField.or(defaults::cursorField),
                primaryKey.isEmpty() ? defaults.primaryKey() : primaryKey,
                lookback.or(defaults::lookback),
                at);
    }
}
