package dev.millrace.bench;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.events.EventsLayer;
import dev.millrace.stream.StreamingMaterialization;
import dev.millrace.transform.TransformLayer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long after an event was sent a query finds it: in the landed topic, and counted in a streaming model, both with a
 * trigger of 100 ms. A process of its own sends the events steadily. Arguments: events per second (10,000), seconds
 * (30), of which the first quarter is not counted.
 */
public final class EventLatency {
    private static final String TOPIC = "events";
    private static final long STEP_NANOS = 1_000_000;
    private static final int STEPS_PER_SECOND = 1_000;
    private static final long LOOK_NANOS = 10_000_000;
    private static final long SLACK_MILLIS = 1_000;

    private final int rate;
    private final int seconds;

    private EventLatency(int rate, int seconds) {
        this.rate = rate;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("send")) {
            send(arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            return;
        }
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        new EventLatency(rate, seconds).run();
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("millrace-latency");
        try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(folder.resolve("kafka"), 0));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
            write(folder, broker.bootstrapServers());
            Project project = ProjectLoader.load(Invocation.of("up", folder));
            try (Warehouses warehouses = new Warehouses(project);
                    Session session = warehouses.warehouse(project.target()).open()) {
                GraphBuilder builder = new GraphBuilder();
                new TransformLayer(warehouses, List.of(new StreamingMaterialization()), List.of())
                        .contribute(project, builder);
                new EventsLayer(warehouses, (source, place, port) -> broker.bootstrapServers())
                        .contribute(project, builder);
                Graph graph = builder.build();
                Plan all = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
                RunResult run = new Runner(
                                all, new RunOptions("build", 2, false), new Events(List.of()), Clock.systemUTC())
                        .run();
                run.nodes().stream()
                        .flatMap(result -> result.error().stream())
                        .findFirst()
                        .ifPresent(error -> {
                            throw error;
                        });
                List<Node> nodes = graph.nodes().stream()
                        .filter(node -> node.trigger().isPresent())
                        .toList();
                try (LiveRunner live = new LiveRunner(
                        graph, nodes.stream().map(Node::id).toList(), new Events(List.of()), Clock.systemUTC())) {
                    live.start();
                    follow(live, session, broker.bootstrapServers());
                }
            }
        }
    }

    private void follow(LiveRunner live, Session session, String servers) throws Exception {
        Process sender = new ProcessBuilder(
                        "java",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventLatency.class.getName(),
                        "send",
                        servers,
                        String.valueOf(rate),
                        String.valueOf(seconds))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Latencies landed =
                    new Latencies("in the landed topic", "select _millrace_partition as p, sent_us from raw.events");
            Latencies counted = new Latencies("in the streaming model", "select p, newest as sent_us from counts");
            while (sender.isAlive() || visible(session) < (long) rate * seconds) {
                landed.look(session);
                counted.look(session);
                failIfAny(live);
                LockSupport.parkNanos(LOOK_NANOS);
            }
            landed.report();
            counted.report();
        } finally {
            sender.destroy();
        }
    }

    private static long visible(Session session) {
        return session.query("select coalesce(sum(n), 0) from counts").singleLong();
    }

    private static void failIfAny(LiveRunner live) {
        for (FlowStatus flow : live.flows()) {
            if (flow.error().isPresent()) {
                throw flow.error().get();
            }
        }
    }

    private static void write(Path folder, String servers) throws IOException {
        Files.writeString(
                folder.resolve("profiles.yml"),
                "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
        Files.writeString(
                folder.resolve("millrace.yml"),
                "name: bench\nprofile: lake\nsources:\n  kafka: {type: kafka, bootstrap_servers: '" + servers
                        + "', topics: [{name: " + TOPIC
                        + ", columns: {event_type: text, timestamp: timestamptz, sent_us: int64}}]}\n");
        Files.writeString(folder.resolve("dbt_project.yml"), "{name: bench, version: '1.0', profile: lake}");
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/counts.sql"), """
                {{ config(materialized='streaming', watermark='1 minute', trigger='100 ms') }}
                select window_start, window_end, event_type, _millrace_partition as p, count(*) as n, max(sent_us) as newest
                from {{ tumble(source('raw', 'events'), 'timestamp', '1 minute') }}
                group by 1, 2, 3, 4
                """);
    }

    /** In another process: a few events each millisecond, with the time at which they are handed to the client. */
    private static void send(String servers, int rate, int seconds) {
        Map<String, Object> client = Map.of("bootstrap.servers", servers, "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            long sent = 0;
            for (long step = 1; step <= (long) seconds * STEPS_PER_SECOND; step++) {
                LockSupport.parkNanos(begin + step * STEP_NANOS - System.nanoTime());
                Instant now = Instant.now();
                for (; sent < step * rate / STEPS_PER_SECOND; sent++) {
                    String json = "{\"event_id\": " + sent + ", \"event_type\": \"type_" + sent % 5
                            + "\", \"timestamp\": \"" + now + "\", \"sent_us\": " + micros(now) + "}";
                    var unused = producer.send(
                            new ProducerRecord<>(TOPIC, (int) (sent % 2), null, json.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** How old each event was when a query first found it; those of one millisecond count as one. */
    private final class Latencies {
        private final String name;
        private final String rows;
        private long[] millis = new long[1 << 16];
        private int count;
        private long first;
        private long newest;

        Latencies(String name, String rows) {
            this.name = name;
            this.rows = rows;
        }

        void look(Session session) {
            // A partition is in order, so all that was sent before the least of the newest is there.
            Object found = session.query(
                            "select case when count(*) = 2 then min(sent) end from (select max(sent_us) as sent from "
                                    + "(" + rows + ") where sent_us > " + (newest - SLACK_MILLIS) * 1_000
                                    + " group by p)")
                    .single();
            long now = micros(Instant.now());
            if (!(found instanceof Number number)) {
                return;
            }
            long seen = number.longValue() / 1_000;
            first = first == 0 ? seen : first;
            for (long sent = Math.max(newest + 1, first + seconds * 250L); sent <= seen; sent++) {
                if (count == millis.length) {
                    millis = Arrays.copyOf(millis, count * 2);
                }
                millis[count++] = Math.max(0, now / 1_000 - sent);
            }
            newest = Math.max(newest, seen);
        }

        void report() {
            long[] sorted = Arrays.copyOf(millis, count);
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "sent to queryable %s at %,d events/s: p50 %d ms, p95 %d ms, most %d ms%n",
                    name,
                    rate,
                    at(sorted, 0.5),
                    at(sorted, 0.95),
                    at(sorted, 1));
        }

        private static long at(long[] sorted, double share) {
            return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))];
        }
    }
}
