package dev.millrace.cli;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of one partition on a broker of its own, named as it is in {@link #source}. */
final class KafkaTopic implements AutoCloseable {
    private static final String NAME = "clicks";

    private final KafkaBroker broker;
    private final KafkaProducer<String, String> producer;

    private KafkaTopic(KafkaBroker broker) {
        this.broker = broker;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    /** A broker that has no topic yet. */
    static KafkaTopic missing(Path folder) {
        System.setProperty(
                "millrace.broker.lib",
                Path.of("target", "millrace", "broker-lib").toAbsolutePath().toString());
        return new KafkaTopic(
                KafkaBroker.start(BrokerSettings.of(folder, 0).with("auto.create.topics.enable", "false")));
    }

    KafkaTopic create() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            get(admin.createTopics(List.of(new NewTopic(NAME, 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        return this;
    }

    /** The millrace.yml of a project that reads it. */
    String source(String topicOptions) {
        return "sources:\n  web:\n    type: kafka\n    bootstrap_servers: " + broker.bootstrapServers()
                + "\n    topics: [{name: " + NAME + topicOptions + "}]\n";
    }

    /** Sends the messages of the numbers from {@code first} to before {@code end}. */
    void send(int first, int end, IntFunction<String> message) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        IntStream.range(first, end).forEach(i -> sent.add(producer.send(new ProducerRecord<>(NAME, message.apply(i)))));
        sent.forEach(KafkaTopic::get);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
