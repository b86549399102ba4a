package dev.millrace.events;

import java.nio.file.Path;

/** Starts the broker of a source that says {@code embedded: true}, or finds the one that runs. */
@FunctionalInterface
public interface BrokerStarter {
    /**
     * Called at most once per source, when its first topic is read or something is published to it.
     *
     * @param source the name under {@code sources:}
     * @param folder where the broker keeps its data
     * @param port to listen on; 0 for a free one
     * @return what a client's {@code bootstrap.servers} is set to
     * @throws dev.millrace.core.MillraceException if it cannot be started
     */
    String start(String source, Path folder, int port);
}
