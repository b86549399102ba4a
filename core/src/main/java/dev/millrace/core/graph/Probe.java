package dev.millrace.core.graph;

import java.time.Duration;

/**
 * A system outside that the project names, and how to try whether it can be reached.
 *
 * @param section of millrace.yml that names it: {@code sources}, {@code destinations}, …
 * @param name of its entry there
 * @param check connects; may be called from any thread
 */
public record Probe(String section, String name, Check check) {
    /** Tries a connection. Should heed interrupts. */
    @FunctionalInterface
    public interface Check {
        /**
         * Connects, signs in, and lets go again.
         *
         * @param patience how long to wait for an answer
         * @return what was found, one line: the kind of server, its version, what matters about its settings
         * @throws dev.millrace.core.MillraceException what is wrong with the settings or the system
         */
        String run(Duration patience);
    }
}
