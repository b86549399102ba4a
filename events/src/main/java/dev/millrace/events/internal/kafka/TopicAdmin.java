package dev.millrace.events.internal.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster what a topic is. Used by one thread. */
public final class TopicAdmin implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 12;

    private final String topic;
    private final String servers;
    private final Admin admin;

    public TopicAdmin(KafkaSettings settings, String servers, String topic) {
        this.topic = topic;
        this.servers = servers;
        try {
            Map<String, Object> client = settings.client(servers);
            admin = Admin.create(client);
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, "read topic " + topic, servers);
        }
    }

    /**
     * What a topic is now.
     *
     * @param id changes when it is deleted and made anew
     */
    public record Topic(String id, List<Integer> partitions) {}

    /**
     * The topic; empty if it does not exist.
     *
     * @throws dev.millrace.core.MillraceException CONNECTION_REFUSED if no broker answers within 12 seconds;
     *     AUTHENTICATION_FAILED
     */
    public Optional<Topic> describe() {
        try {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .get(topic);
            if (description == null) {
                return Optional.empty();
            }
            return Optional.of(new Topic(
                    description.topicId().toString(),
                    description.partitions().stream()
                            .map(TopicPartitionInfo::partition)
                            .sorted()
                            .toList()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw KafkaErrors.of(e, "read topic " + topic, servers);
        } catch (java.util.concurrent.TimeoutException e) {
            throw KafkaErrors.of(
                    new org.apache.kafka.common.errors.TimeoutException(e), "read topic " + topic, servers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaErrors.of(e, "read topic " + topic, servers);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }
}
