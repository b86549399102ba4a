package dev.millrace.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.MillraceException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    @TempDir
    Path folder;

    @Test
    void what_was_sent_survives_a_kill_and_the_port_stays() throws Exception {
        int port;
        try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(folder, 0))) {
            port = broker.port();
            send(broker, "one");
            broker.kill();
            assertThat(broker.isAlive()).isFalse();
        }
        try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(folder, 0))) {
            assertThat(broker.port()).isEqualTo(port);
            send(broker, "two");
            assertThat(read(broker, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void a_second_start_in_the_folder_finds_the_broker_that_runs() {
        try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(folder, 0))) {
            try (KafkaBroker other = KafkaBroker.start(BrokerSettings.of(folder, 0))) {
                assertThat(other.isShared()).isTrue();
                assertThat(other.bootstrapServers()).isEqualTo(broker.bootstrapServers());
            }
            assertThat(broker.isAlive()).isTrue();
        }
    }

    @Test
    void it_ends_with_the_process_that_started_it() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerParent.class.getName(),
                        folder.toString())
                .start();
        String line = parent.inputReader(StandardCharsets.UTF_8).readLine();
        ProcessHandle child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        parent.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive());
    }

    @Test
    void a_port_in_use_is_an_error_that_says_so() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> KafkaBroker.start(BrokerSettings.of(folder, taken.getLocalPort())))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void a_broker_that_cannot_start_says_why() {
        BrokerSettings settings = BrokerSettings.of(folder, 0).with("num.partitions", "many");
        assertThatThrownBy(() -> KafkaBroker.start(settings))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("num.partitions");
    }

    private static void send(KafkaBroker broker, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("events", value)).get();
        }
    }

    private static List<String> read(KafkaBroker broker, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("events", 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            List<String> values = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
            return values;
        }
    }
}
