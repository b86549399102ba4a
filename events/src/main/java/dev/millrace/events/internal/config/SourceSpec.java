package dev.millrace.events.internal.config;

import dev.millrace.core.Position;
import dev.millrace.events.internal.kafka.KafkaSettings;
import java.util.List;
import java.util.Optional;

/**
 * What millrace.yml says of one Kafka source.
 *
 * @param destination the profile its topics are landed in; empty for the project's own
 * @param unlisted how topics are landed that only models name; it has no name
 */
record SourceSpec(
        KafkaSettings settings,
        Optional<String> destination,
        Position destinationAt,
        List<TopicSpec> topics,
        TopicSpec unlisted) {
    String name() {
        return settings.source();
    }
}
