package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFailuresIT {
    private static final String LOGIN = "security.protocol: SASL_PLAINTEXT, sasl.mechanism: PLAIN, sasl.jaas.config: "
            + "'org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"%s\";'";

    @TempDir
    Path root;

    @Test
    void a_broker_that_does_not_answer_is_an_error_that_names_it() {
        TestProject project = new TestProject(root).source("bootstrap_servers: 127.0.0.1:1", "topics: [events]");
        assertThatThrownBy(() -> project.open((flow, session) -> {}))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
                    assertThat(e.text()).contains("127.0.0.1:1");
                    assertThat(e.position().orElseThrow().file()).isEqualTo("millrace.yml");
                });
    }

    @Test
    void a_wrong_password_is_an_error_that_does_not_show_it() {
        try (KafkaBroker broker = KafkaBroker.start(withLogin(root.resolve("kafka")))) {
            TestProject project = new TestProject(root)
                    .source(
                            "bootstrap_servers: " + broker.bootstrapServers(),
                            "topics: [events]",
                            "properties: {" + LOGIN.formatted("wrong-one") + "}");
            assertThatThrownBy(() -> project.open((flow, session) -> {}))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                        assertThat(e.text()).doesNotContain("wrong-one");
                    });
            project.source(
                    "bootstrap_servers: " + broker.bootstrapServers(),
                    "topics: [events]",
                    "properties: {" + LOGIN.formatted("right") + "}");
            assertThat(project.land().message()).contains("does not exist yet");
        }
    }

    private static BrokerSettings withLogin(Path folder) {
        String server = "org.apache.kafka.common.security.plain.PlainLoginModule required user_ada=\"right\""
                + " username=\"ada\" password=\"right\";";
        return BrokerSettings.of(folder, 0)
                .with("listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("sasl.enabled.mechanisms", "PLAIN")
                .with("sasl.mechanism.inter.broker.protocol", "PLAIN")
                .with("listener.name.plaintext.plain.sasl.jaas.config", server);
    }

    @Test
    void a_broker_that_was_killed_and_comes_back_is_read_on() throws Exception {
        Path folder = root.resolve("kafka");
        KafkaBroker first = KafkaBroker.start(BrokerSettings.of(folder, 0));
        TestProject project = TestProject.of(root, first, "[events]");
        try (TestTopics topics = new TestTopics(first)) {
            topics.create("events", 1);
            topics.send("events", "{\"n\": 1}");
        }
        project.open((flow, session) -> {
            Awaitility.await()
                    .until(() -> flow.next(Duration.ofMillis(200)).rows().orElse(0) == 1);
            first.kill();
            flow.next(Duration.ofMillis(200));
            try (KafkaBroker second = KafkaBroker.start(BrokerSettings.of(folder, 0));
                    TestTopics topics = new TestTopics(second)) {
                topics.send("events", "{\"n\": 2}");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(40))
                        .until(() -> flow.next(Duration.ofMillis(200)).rows().orElse(0) == 1);
            }
        });
        assertThat(project.rows("select n from raw.events order by n")).containsExactly("1", "2");
    }

    @Test
    void what_the_collector_publishes_lands_with_an_embedded_broker_started_on_demand() {
        TestProject files = new TestProject(root).source("embedded: true", "port: 0", "topics: [clicks]");
        Project project = ProjectLoader.load(Invocation.of("up", root));
        try (Warehouses warehouses = new Warehouses(project);
                KafkaBroker broker = KafkaBroker.start(
                        BrokerSettings.of(root.resolve(".millrace").resolve("kafka"), 0))) {
            EventsLayer layer = new EventsLayer(warehouses, (source, folder, port) -> {
                assertThat(folder).isEqualTo(root.resolve(".millrace").resolve("kafka"));
                return KafkaBroker.start(BrokerSettings.of(folder, port)).bootstrapServers();
            });
            assertThat(layer.probes(project))
                    .singleElement()
                    .satisfies(probe -> assertThat(probe.check().run(Duration.ofSeconds(10)))
                            .isEqualTo("Kafka, 1 broker, 0 topics"));
            assertThat(layer.startBrokers(project)).isEqualTo(Map.of("kafka", broker.bootstrapServers()));
            try (EventCollector collector =
                    layer.collector(project, Optional.empty()).orElseThrow()) {
                collector.publish(
                        "clicks",
                        List.of(
                                EventCollector.Event.of("{\"n\": 1}"),
                                new EventCollector.Event(Optional.of("k"), "{\"n\": 2}", Map.of("h", "v"))));
                assertThatThrownBy(() -> collector.publish("no topic", EventCollector.Event.of("{}")))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
            }
            assertThat(files.land().error()).isEmpty();
        }
        assertThat(files.rows("select n, _millrace_key, _millrace_headers from raw.clicks order by n"))
                .containsExactly("1|null|null", "2|k|{\"h\":\"v\"}");
    }
}
