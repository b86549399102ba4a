package dev.millrace.events;

import dev.millrace.broker.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Makes topics and messages, as programs outside do. */
final class TestTopics implements AutoCloseable {
    private final KafkaBroker broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    TestTopics(KafkaBroker broker) {
        this.broker = broker;
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        admin = Admin.create(client);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void create(String topic, int partitions) {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    void grow(String topic, int partitions) {
        get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    void delete(String topic) {
        get(admin.deleteTopics(List.of(topic)).all().toCompletionStage().toCompletableFuture());
        Awaitility.await()
                .until(() -> !get(admin.listTopics().names().toCompletionStage().toCompletableFuture())
                        .contains(topic));
    }

    /** Drops the messages of partition 0 before an offset, as retention does. */
    void deleteBefore(String topic, long offset) {
        get(admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .toCompletionStage()
                .toCompletableFuture());
    }

    void send(String topic, String... values) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))));
        }
        sent.forEach(TestTopics::get);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        get(producer.send(record));
    }

    KafkaProducer<byte[], byte[]> transactional(String id) {
        KafkaProducer<byte[], byte[]> own = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        own.initTransactions();
        return own;
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
