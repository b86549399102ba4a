package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicLandingIT {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    @TempDir
    static Path brokerFolder;

    private static KafkaBroker broker;
    private static TestTopics topics;

    @TempDir
    Path root;

    private String topic = "";
    private String table = "";

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(BrokerSettings.of(brokerFolder, 0));
        topics = new TestTopics(broker);
    }

    @AfterAll
    static void stop() {
        topics.close();
        broker.close();
    }

    @BeforeEach
    void newTopic() {
        topic = "events" + TOPICS.incrementAndGet();
        table = "raw." + topic;
    }

    private TestProject project(String... topicOptions) {
        String options = topicOptions.length == 0 ? "" : ", " + String.join(", ", topicOptions);
        return TestProject.of(root, broker, "[{name: " + topic + options + "}]");
    }

    private static void succeeds(NodeResult result) {
        assertThat(result.error()).isEmpty();
        assertThat(result.status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void fields_become_columns_of_their_types_and_each_message_lands_once() {
        topics.create(topic, 2);
        topics.send(
                topic,
                "{\"id\": 1, \"type\": \"view\", \"amount\": 1.5, \"ok\": true, \"data\": {\"a\": [1, 2]}}",
                "{\"id\": 2, \"type\": \"buy \\\"now\\\" \\u00e9\", \"amount\": 2.0, \"ok\": false, \"data\": null}");
        TestProject project = project();
        succeeds(project.land());
        succeeds(project.land());
        assertThat(project.rows("select id, type, amount, ok, data from " + table + " order by id"))
                .containsExactly("1|view|1.5|true|{\"a\": [1, 2]}", "2|buy \"now\" é|2.0|false|null");
        assertThat(project.rows("select column_name || ' ' || data_type from duckdb_columns() where table_name = '"
                        + topic + "' order by column_index"))
                .containsExactly(
                        "id BIGINT",
                        "type VARCHAR",
                        "amount DOUBLE",
                        "ok BOOLEAN",
                        "data JSON",
                        "_millrace_key VARCHAR",
                        "_millrace_headers JSON",
                        "_millrace_partition BIGINT",
                        "_millrace_offset BIGINT",
                        "_millrace_timestamp TIMESTAMP WITH TIME ZONE",
                        "_millrace_loaded_at TIMESTAMP WITH TIME ZONE",
                        "_millrace_batch_id BIGINT");
    }

    @Test
    void keys_headers_place_and_time_are_kept() {
        topics.create(topic, 1);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                0,
                1_700_000_000_123L,
                "k1".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add("trace", "t1".getBytes(StandardCharsets.UTF_8))
                .add("hop", "a".getBytes(StandardCharsets.UTF_8))
                .add("hop", "b".getBytes(StandardCharsets.UTF_8));
        topics.send(record);
        topics.send(new ProducerRecord<>(topic, 0, new byte[] {(byte) 0xff, 1}, "{}".getBytes(StandardCharsets.UTF_8)));
        TestProject project = project();
        succeeds(project.land());
        assertThat(project.rows("select _millrace_key, _millrace_headers, _millrace_partition, _millrace_offset,"
                        + " epoch_ms(_millrace_timestamp) = 1700000000123, _millrace_batch_id from " + table
                        + " order by _millrace_offset"))
                .containsExactly("k1|{\"trace\":\"t1\",\"hop\":[\"a\",\"b\"]}|0|0|true|1", "\\xff01|null|0|1|false|1");
    }

    @Test
    void a_batch_has_the_number_after_the_last_one() {
        topics.create(topic, 1);
        TestProject project = project();
        for (int i = 1; i <= 3; i++) {
            topics.send(topic, "{\"n\": " + i + "}");
            succeeds(project.land());
            succeeds(project.land());
        }
        assertThat(project.rows("select n, _millrace_batch_id from " + table + " order by n"))
                .containsExactly("1|1", "2|2", "3|3");
    }

    @Test
    void new_fields_and_wider_values_change_the_table_and_lose_nothing() {
        topics.create(topic, 1);
        TestProject project = project();
        topics.send(topic, "{\"a\": 1, \"b\": true, \"c\": 9007199254740993, \"d\": 1, \"e\": 1, \"f\": \"x\"}");
        succeeds(project.land());
        topics.send(
                topic,
                "{\"a\": 2}",
                "{\"a\": 2.5, \"b\": \"no\", \"c\": 0.5, \"d\": 12345678901234567890, \"e\": [1], \"f\": {\"g\": 1}, \"n\": 7}",
                "{\"a\": 3, \"A\": \"other case\", \"_millrace_key\": \"mine\", \"\": 1}");
        succeeds(project.land());
        assertThat(project.rows("select a, b, c, d, e, f, n, A_2, __millrace_key, _ from " + table
                        + " order by _millrace_offset"))
                .containsExactly(
                        "1.0|true|9007199254740993|1|1|x|null|null|null|null",
                        "2.0|null|null|null|null|null|null|null|null|null",
                        "2.5|no|0.5|12345678901234567890|[1]|{\"g\": 1}|7|null|null|null",
                        "3.0|null|null|null|null|null|null|other case|mine|1");
    }

    @Test
    void numbers_that_no_double_holds_keep_their_digits() {
        topics.create(topic, 1);
        topics.send(
                topic,
                "{\"x\": 0.1, \"y\": 0.30000000000000004, \"z\": 1}",
                "{\"x\": 12345678901234567.89, \"y\": 1e22, \"z\": 123456789012345678901234567890123456789012}");
        TestProject project = project();
        succeeds(project.land());
        assertThat(project.rows("select x, y, z from " + table + " order by _millrace_offset"))
                .containsExactly(
                        "0.1|0.30000000000000004|1",
                        "12345678901234567.89|1.0E22|123456789012345678901234567890123456789012");
    }

    @Test
    void declared_columns_have_their_types() {
        topics.create(topic, 1);
        topics.send(
                topic,
                "{\"at\": \"2021-05-17T10:00:00.123456\", \"price\": 12.5, \"on\": \"2024-02-29\", \"n\": \"7\"}",
                "{\"at\": \"2021-05-17T12:00:00+02:00\", \"price\": \"0.01\", \"n\": 8}",
                "{\"at\": 1621245600000}",
                "{\"at\": \"yesterday\"}",
                "{\"price\": 0.001}");
        TestProject project =
                project("columns: {at: timestamptz, price: 'decimal(12,2)', on: date, n: int64, later: text}");
        NodeResult result = project.land();
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(project.rows("select epoch_us(\"at\"), price, \"on\", n, later from " + table
                        + " order by _millrace_offset"))
                .containsExactly(
                        "1621245600123456|12.50|2024-02-29|7|null",
                        "1621245600000000|0.01|null|8|null",
                        "1621245600000000|null|null|null|null");
        assertThat(project.rows("select reason from " + table + "__rejected order by _millrace_offset"))
                .containsExactly(
                        "field 'at' is no timestamptz: \"yesterday\"", "field 'price' is no decimal(12,2): 0.001");
    }

    @Test
    void unreadable_messages_are_kept_apart_and_the_others_land() {
        topics.create(topic, 1);
        topics.send(topic, "{\"id\": 1}", "nonsense", "[1]", "{\"id\": ", "", "{\"id\": 2}");
        topics.send(new ProducerRecord<>(
                topic, 0, "k".getBytes(StandardCharsets.UTF_8), new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'
                }));
        TestProject project = project();
        NodeResult result = project.land();
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.message()).contains("2 messages").contains("5 rejected");
        assertThat(project.rows("select id from " + table + " order by id")).containsExactly("1", "2");
        assertThat(project.rows("select _millrace_offset, reason, hex(value), hex(key) from " + table
                        + "__rejected order by _millrace_offset"))
                .containsExactly(
                        "1|not JSON: it is no JSON object|6E6F6E73656E7365|null",
                        "2|not JSON: it is no JSON object|5B315D|null",
                        "3|not JSON: it ends where a value should stand|7B226964223A20|null",
                        "4|not JSON: it is no JSON object||null",
                        "6|not JSON: it is not valid UTF-8|7B22C3223A317D|6B");
    }

    @Test
    void a_tombstone_is_a_row_with_its_key_and_no_values() {
        topics.create(topic, 1);
        topics.send(new ProducerRecord<>(
                topic, 0, "k".getBytes(StandardCharsets.UTF_8), "{\"v\": 1}".getBytes(StandardCharsets.UTF_8)));
        topics.send(new ProducerRecord<>(topic, 0, "k".getBytes(StandardCharsets.UTF_8), null));
        TestProject project = project();
        succeeds(project.land());
        assertThat(project.rows("select _millrace_key, v from " + table + " order by _millrace_offset"))
                .containsExactly("k|1", "k|null");
    }

    @Test
    void messages_of_an_aborted_transaction_do_not_land() {
        topics.create(topic, 1);
        try (KafkaProducer<byte[], byte[]> producer = topics.transactional(topic)) {
            for (int i = 0; i < 6; i++) {
                producer.beginTransaction();
                var unused = producer.send(
                        new ProducerRecord<>(topic, ("{\"n\": " + i + "}").getBytes(StandardCharsets.UTF_8)));
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        TestProject project = project();
        succeeds(project.land());
        assertThat(project.rows("select n from " + table + " order by n")).containsExactly("0", "2", "4");
        succeeds(project.land());
    }

    @Test
    void an_open_topic_lands_what_comes_also_in_new_partitions() throws Exception {
        topics.create(topic, 1);
        topics.send(topic, "{\"n\": 1}");
        TestProject project = project();
        project.open((flow, session) -> {
            await().until(() -> flow.next(Duration.ofMillis(200)).rows().orElse(0) == 1);
            topics.grow(topic, 3);
            for (int partition = 0; partition < 3; partition++) {
                topics.send(new ProducerRecord<>(
                        topic,
                        partition,
                        null,
                        ("{\"n\": " + (10 + partition) + "}").getBytes(StandardCharsets.UTF_8)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                flow.next(Duration.ofMillis(200));
                return TestProject.rows(session, "select count(*) from " + table)
                        .equals(List.of("4"));
            });
        });
        succeeds(project.land());
        assertThat(project.rows("select n, _millrace_partition from " + table + " order by n"))
                .containsExactly("1|0", "10|0", "11|1", "12|2");
    }

    @Test
    void a_topic_that_does_not_exist_yet_has_a_table_and_lands_when_it_comes() throws Exception {
        TestProject project = project("columns: {n: int64}");
        NodeResult result = project.land();
        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.message()).contains("does not exist yet");
        assertThat(project.rows("select count(n) from " + table)).containsExactly("0");
        project.open((flow, session) -> {
            flow.next(Duration.ofMillis(10));
            topics.create(topic, 1);
            topics.send(topic, "{\"n\": 1, \"m\": 2}");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> flow.next(Duration.ofMillis(200)).rows().orElse(0) == 1);
        });
        assertThat(project.rows("select n, m from " + table)).containsExactly("1|2");
    }

    @Test
    void latest_skips_what_was_there_before_and_nothing_after() {
        topics.create(topic, 1);
        topics.send(topic, "{\"n\": 1}");
        TestProject project = project("start: latest");
        succeeds(project.land());
        topics.send(topic, "{\"n\": 2}");
        succeeds(project.land());
        assertThat(project.rows("select n from " + table)).containsExactly("2");
    }

    @Test
    void a_topic_made_anew_is_an_error_or_read_from_its_beginning_as_the_project_says() {
        topics.create(topic, 1);
        topics.send(topic, "{\"n\": 1}", "{\"n\": 2}");
        succeeds(project().land());
        topics.delete(topic);
        topics.create(topic, 1);
        topics.send(topic, "{\"n\": 3}", "{\"n\": 4}", "{\"n\": 5}");
        assertThat(TestProject.error(project().land()).code()).isEqualTo(ErrorCode.OFFSETS_LOST);
        TestProject restarting = project("on_lost_offsets: restart");
        succeeds(restarting.land());
        assertThat(restarting.rows("select n from " + table + " order by n")).containsExactly("1", "2", "3", "4", "5");
        succeeds(project().fullRefresh());
        assertThat(restarting.rows("select n from " + table + " order by n")).containsExactly("3", "4", "5");
    }

    @Test
    void messages_that_retention_took_before_they_landed_are_an_error() {
        topics.create(topic, 1);
        topics.send(topic, "{\"n\": 1}");
        succeeds(project().land());
        topics.send(topic, "{\"n\": 2}", "{\"n\": 3}", "{\"n\": 4}");
        topics.deleteBefore(topic, 3);
        var error = TestProject.error(project().land());
        assertThat(error.code()).isEqualTo(ErrorCode.OFFSETS_LOST);
        assertThat(error.text()).contains("begins at 3, but 1 is next");
        succeeds(project("on_lost_offsets: restart").land());
        assertThat(project().rows("select n from " + table + " order by n")).containsExactly("1", "4");
    }

    @Test
    void a_type_declared_later_is_given_to_what_has_landed() {
        topics.create(topic, 1);
        topics.send(topic, "{\"at\": \"2021-05-17T10:00:00\", \"t\": \"x\"}");
        succeeds(project().land());
        succeeds(project("columns: {at: timestamptz}").land());
        assertThat(project().rows("select epoch_us(\"at\") from " + table)).containsExactly("1621245600000000");
        assertThat(TestProject.error(project("columns: {t: int64}").land()).code())
                .isEqualTo(ErrorCode.SCHEMA_CHANGED);
    }

    @Test
    void many_messages_of_several_partitions_land_in_parallel() {
        topics.create(topic, 4);
        int count = 60_000;
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] =
                    i == 50_000 ? "{\"id\": 50000, \"late\": true}" : "{\"id\": " + i + ", \"name\": \"n" + i + "\"}";
        }
        topics.send(topic, values);
        TestProject project = project();
        succeeds(project.land());
        assertThat(project.rows("select count(*), count(distinct id), sum(id), count(late), count(name),"
                        + " count(distinct (_millrace_partition, _millrace_offset)) from " + table))
                .containsExactly(count + "|" + count + "|1799970000|1|" + (count - 1) + "|" + count);
    }
}
