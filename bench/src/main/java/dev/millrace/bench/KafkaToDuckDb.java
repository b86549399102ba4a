package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.events.EventsLayer;
import dev.millrace.stream.StreamingMaterialization;
import dev.millrace.transform.TransformLayer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How fast JSON events get from a Kafka topic of two partitions into DuckDB, against a consumer that reads the same
 * topic and throws it away. Arguments: events (5,000,000), rounds (3), folder (a temporary one), and {@code windows} to
 * count and sum them by type and window of five minutes too. The last line is the ratio of the two medians.
 */
public final class KafkaToDuckDb {
    private static final String TOPIC = "events";
    private static final List<String> TYPES = List.of("page_view", "add_to_cart", "checkout", "search", "sign_up");

    private final KafkaBroker broker;
    private final Path folder;
    private final long events;
    private final boolean windows;

    private KafkaToDuckDb(KafkaBroker broker, Path folder, long events, boolean windows) {
        this.broker = broker;
        this.folder = folder;
        this.events = events;
        this.windows = windows;
    }

    /** One measurement. */
    private record Sample(double eventsPerSecond, double cpuSeconds) {}

    public static void main(String[] arguments) throws Exception {
        long events = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path folder = arguments.length > 2
                ? Files.createDirectories(Path.of(arguments[2]))
                : Files.createTempDirectory("millrace-bench");
        try (KafkaBroker broker = KafkaBroker.start(BrokerSettings.of(folder.resolve("kafka"), 0))) {
            KafkaToDuckDb bench =
                    new KafkaToDuckDb(broker, folder, events, arguments.length > 3 && arguments[3].equals("windows"));
            bench.prepare();
            bench.run(rounds);
        }
    }

    private void run(int rounds) throws Exception {
        List<Double> floors = new ArrayList<>();
        List<Double> landings = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Sample floor = measure(this::discard);
            Sample landing = measure(this::land);
            floors.add(floor.eventsPerSecond());
            landings.add(landing.eventsPerSecond());
            System.out.printf(
                    Locale.ROOT,
                    "round %d: discard %,.0f events/s (%.1f CPU s), land %,.0f events/s (%.1f CPU s), ratio %.2f%n",
                    round,
                    floor.eventsPerSecond(),
                    floor.cpuSeconds(),
                    landing.eventsPerSecond(),
                    landing.cpuSeconds(),
                    landing.eventsPerSecond() / floor.eventsPerSecond());
        }
        System.out.printf(Locale.ROOT, "ratio of the medians %.2f%n", median(landings) / median(floors));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private Sample measure(Callable<Long> work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        long done = work.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (done != events) {
            throw new IllegalStateException(done + " events instead of " + events);
        }
        return new Sample(done / seconds, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private void prepare() throws Exception {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "linger.ms",
                20,
                "batch.size",
                256 << 10,
                "acks",
                "all");
        try (Admin admin = Admin.create(client)) {
            if (admin.listTopics().names().get().contains(TOPIC)) {
                return;
            }
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
        }
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < events; i++) {
                String json = "{\"event_id\": " + i + ", \"user_id\": " + i * 31 % 100_000 + ", \"event_type\": \""
                        + TYPES.get((int) (i * 7 % TYPES.size())) + "\", \"timestamp\": \""
                        + start.plusNanos(i * 10_000_000 + 1_000) + "\", \"amount\": " + i % 10_000 / 100.0 + "}";
                var unused = producer.send(
                        new ProducerRecord<>(TOPIC, (int) (i % 2), null, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
        System.out.printf(Locale.ROOT, "%,d events from %s%n", events, start.atOffset(ZoneOffset.UTC));
    }

    private long discard() {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers(), "max.poll.records", 16_384);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long seen = 0;
            while (seen < events) {
                seen += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return seen;
        }
    }

    /** The whole way of a command: project, warehouse, topic, commit, closing of the database. */
    private long land() throws Exception {
        Path root = Files.createTempDirectory(folder, "lake");
        Files.writeString(
                root.resolve("profiles.yml"),
                "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
        Files.writeString(
                root.resolve("millrace.yml"),
                "name: bench\nprofile: lake\nsources:\n  kafka: {type: kafka, bootstrap_servers: '"
                        + broker.bootstrapServers() + "', topics: [" + TOPIC + "]}\n");
        if (windows) {
            Files.writeString(root.resolve("dbt_project.yml"), "{name: bench, version: '1.0', profile: lake}");
            Files.createDirectories(root.resolve("models"));
            Files.writeString(root.resolve("models/counts.sql"), """
                    {{ config(materialized='streaming', watermark='10 minutes') }}
                    select window_start, window_end, event_type, count(*) as n, sum(amount) as amount
                    from {{ tumble(source('raw', 'events'), 'timestamp', '5 minutes') }}
                    group by 1, 2, 3
                    """);
        }
        Project project = ProjectLoader.load(Invocation.of("build", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            GraphBuilder builder = new GraphBuilder();
            if (windows) {
                new TransformLayer(warehouses, List.of(new StreamingMaterialization()), List.of())
                        .contribute(project, builder);
            }
            new EventsLayer(warehouses, (source, place, port) -> broker.bootstrapServers())
                    .contribute(project, builder);
            Graph graph = builder.build();
            Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
            RunResult run =
                    new Runner(plan, new RunOptions("build", 2, false), new Events(List.of()), Clock.systemUTC()).run();
            for (NodeResult result : run.nodes()) {
                if (result.error().isPresent()) {
                    throw result.error().get();
                }
            }
            try (Session session = warehouses.warehouse(project.target()).open()) {
                return session.query(windows ? "select sum(n) from counts" : "select count(*) from raw." + TOPIC)
                        .singleLong();
            }
        }
    }
}
