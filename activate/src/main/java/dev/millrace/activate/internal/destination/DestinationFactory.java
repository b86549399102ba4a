package dev.millrace.activate.internal.destination;

import dev.millrace.core.yaml.YamlMap;

/** Opens destinations of one type. Stateless. */
public interface DestinationFactory {
    /** The {@code type} in millrace.yml: {@code salesforce}. */
    String type();

    /**
     * Connects.
     *
     * @param name of the destination in millrace.yml, for messages
     * @param settings of that entry, rendered
     * @throws dev.millrace.core.MillraceException CONFIG_MISSING and the like, CONNECTION_REFUSED,
     *     AUTHENTICATION_FAILED
     */
    Destination open(String name, YamlMap settings);
}
