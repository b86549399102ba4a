package dev.millrace.activate.internal.destination;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.core.yaml.YamlMap;
import java.util.Set;

/** Opens destinations of one type. Stateless. */
public interface DestinationFactory {
    /** The {@code type} in millrace.yml: {@code salesforce}. */
    String type();

    /**
     * How many records travel together.
     *
     * @param usual unless the sync says otherwise
     * @param largest that the destination takes
     */
    record BatchSize(int usual, int largest) {}

    BatchSize batchSize();

    /** Whether a sync must name the object it goes to. */
    default boolean needsObject() {
        return true;
    }

    /** What a sync may say under {@code destination:} besides the service, the object and the key. */
    default Set<String> keys() {
        return Set.of();
    }

    /** Which of these, or {@code object}, are templates over each record. */
    default Set<String> templates() {
        return Set.of();
    }

    /**
     * Checks what can be known without the destination.
     *
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID and the like, at its place in syncs.yml
     */
    default void check(Sync sync) {}

    /**
     * Connects.
     *
     * @param name of the destination in millrace.yml, for messages
     * @param settings of that entry, rendered
     * @param route how requests go there
     * @throws dev.millrace.core.MillraceException CONFIG_MISSING and the like, CONNECTION_REFUSED,
     *     AUTHENTICATION_FAILED
     */
    Destination open(String name, YamlMap settings, Route route);
}
