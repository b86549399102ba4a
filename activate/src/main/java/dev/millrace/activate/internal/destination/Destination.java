package dev.millrace.activate.internal.destination;

import dev.millrace.activate.internal.config.Sync;

/** A system that takes records, connected. Only {@link #cancel} may be called from another thread. */
public interface Destination extends AutoCloseable {
    /**
     * Looks at the object the sync goes to and checks the sync against it.
     *
     * @throws dev.millrace.core.MillraceException if the object, a mapped field or the key is not fit for the sync's
     *     mode
     */
    Delivery prepare(Sync sync);

    /**
     * Signs in and lets go again.
     *
     * @return what was found, one line
     * @throws dev.millrace.core.MillraceException what is wrong
     */
    String probe();

    /** Ends the request that is under way, and any wait for the next, soon. */
    void cancel();

    @Override
    void close();
}
