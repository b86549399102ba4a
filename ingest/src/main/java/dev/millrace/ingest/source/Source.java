package dev.millrace.ingest.source;

import dev.millrace.core.graph.StepContext;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A system that data is read from, as one entry under {@code sources:} of millrace.yml describes it. Holds no
 * connection between calls. Thread-safe.
 */
public interface Source {
    /** A text that changes when the settings mean another system or another part of it. Holds no secret. */
    String identity();

    /** Whether a connection that names no streams reads everything; otherwise it reads what the models ask for. */
    boolean readsEverything();

    /**
     * What the source has to offer.
     *
     * @param wanted names of streams that matter, compared without regard to case; ignored if {@link #readsEverything}
     * @param patience how long to wait for the source to answer at all
     * @throws dev.millrace.core.MillraceException CONNECTION_REFUSED, AUTHENTICATION_FAILED or SOURCE_FAILED
     */
    List<SourceStream> discover(Collection<String> wanted, Duration patience);

    /**
     * Connects and signs in, as {@link dev.millrace.core.graph.Probe.Check} describes.
     *
     * @throws dev.millrace.core.MillraceException as {@link #discover}
     */
    String probe(Duration patience);

    /** The column that tells new rows of a stream where no {@code cursor_field} is named. */
    default Optional<String> defaultCursor(SourceStream stream) {
        return Optional.empty();
    }

    /** Whether streams of this source can have a {@link #defaultCursor}. */
    default boolean hasDefaultCursor() {
        return false;
    }

    /**
     * Begins to read a stream as it is at one instant.
     *
     * @param context of the step that reads; while it is open the reader is stopped by {@link StreamReader#cancel}
     * @throws dev.millrace.core.MillraceException as {@link #discover}, and STREAM_NOT_FOUND, TYPE_NOT_MAPPED
     */
    StreamReader open(ReadRequest request, StepContext context);
}
