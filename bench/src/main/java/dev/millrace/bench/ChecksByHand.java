package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.Runner;
import dev.millrace.quality.QualityLayer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Twelve expectations of one table, run as nodes of a graph, against the same twelve questions asked by hand: as twelve
 * queries, as one UNION ALL, as one aggregate. Arguments: rows, rounds.
 */
public final class ChecksByHand {
    private static final String TABLE = "big";

    /** A check: the expectation as its suite writes it, and what is true of a row that does not meet it. */
    private record Check(String expectation, String wrong) {}

    /** One measurement. */
    private record Sample(double seconds, double cpuSeconds) {}

    private static final List<Check> CHECKS = List.of(
            notNull("id"),
            notNull("customer"),
            notNull("amount"),
            notNull("status"),
            notNull("created"),
            between("id", "0", "100000000"),
            between("amount", "0", "1000"),
            between("quantity", "1", "10"),
            new Check(
                    "expect_column_values_to_be_in_set: {column: status, value_set: [pending, shipped, delivered]}",
                    "status not in ('pending', 'shipped', 'delivered')"),
            new Check(
                    "expect_column_values_to_not_be_in_set: {column: customer, value_set: [-1, -2]}",
                    "customer in (-1, -2)"),
            new Check(
                    "expect_column_value_lengths_to_be_between: {column: status, min_value: 3, max_value: 20}",
                    "length(status) < 3 or length(status) > 20"),
            new Check(
                    "expect_column_values_to_match_like_pattern: {column: code, like_pattern: 'c%'}",
                    "not code like 'c%'"));

    private ChecksByHand() {}

    private static Check notNull(String column) {
        return new Check("expect_column_values_to_not_be_null: {column: " + column + "}", column + " is null");
    }

    private static Check between(String column, String min, String max) {
        return new Check(
                "expect_column_values_to_be_between: {column: " + column + ", min_value: " + min + ", max_value: " + max
                        + "}",
                column + " < " + min + " or " + column + " > " + max);
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        Path root = Files.createTempDirectory("checks");
        Files.writeString(root.resolve("dbt_project.yml"), "name: bench\nprofile: bench\n");
        Files.writeString(
                root.resolve("profiles.yml"),
                "bench: {target: dev, outputs: {dev: {type: duckdb, path: bench.duckdb, threads: 4}}}\n");
        Files.createDirectories(root.resolve("expectations"));
        Files.writeString(
                root.resolve("expectations/big.yml"),
                "expectations:\n"
                        + CHECKS.stream()
                                .map(check -> "  - " + check.expectation() + "\n")
                                .collect(Collectors.joining()));
        Project project = ProjectLoader.load(Invocation.of("test", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            for (boolean dirty : new boolean[] {false, true}) {
                measure(project, warehouses, rows, rounds, dirty);
            }
        } finally {
            delete(root);
        }
    }

    private static void measure(Project project, Warehouses warehouses, long rows, int rounds, boolean dirty) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            String bad = dirty ? "case when mod(i, 100000) = 7 then null else %s end" : "%s";
            session.execute("create or replace table " + TABLE + " as select "
                    + String.format(bad, "i") + " as id, " + String.format(bad, "mod(i * 7, 100000)") + " as customer, "
                    + (dirty ? "case when i % 100000 = 9 then -1.0 else " : "(") + "((i % 100000) / 100)::decimal(12,2)"
                    + (dirty ? " end" : ")") + " as amount, "
                    + String.format(
                            bad, "case mod(i, 3) when 0 then 'pending' when 1 then 'shipped' else 'delivered' end")
                    + " as status, timestamp '2024-01-01' + to_seconds(i) as created, 1 + i % 10 as quantity, 'c' || (i % 1000)"
                    + " as code from range(" + rows + ") t(i)");
            session.execute("checkpoint");
            List<String> counts = CHECKS.stream()
                    .map(check -> "select count(*) as n from " + TABLE + " where " + check.wrong())
                    .toList();
            String union = String.join(" union all ", counts);
            String fused = "select "
                    + CHECKS.stream()
                            .map(check -> "count_if(" + check.wrong() + ")")
                            .collect(Collectors.joining(", "))
                    + " from " + TABLE;
            Graph graph = graph(project, warehouses);
            Sample[][] samples = new Sample[4][rounds];
            for (int round = -1; round < rounds; round++) {
                Sample[] one = {
                    timed(() -> counts.forEach(session::query)),
                    timed(() -> session.query(union)),
                    timed(() -> session.query(fused)),
                    timed(() -> run(graph))
                };
                for (int i = 0; round >= 0 && i < one.length; i++) {
                    samples[i][round] = one[i];
                }
            }
            report(dirty, samples);
        }
    }

    private static void report(boolean dirty, Sample[][] samples) {
        double[] seconds = medians(samples, Sample::seconds);
        double[] cpu = means(samples, Sample::cpuSeconds);
        System.out.println(String.format(
                Locale.ROOT,
                "%s: 12 queries %.3f s (%.3f CPU s)   one UNION ALL %.3f s (%.3f)   one aggregate %.3f s (%.3f)   "
                        + "millrace %.3f s (%.3f)   ratio to the fastest %.2f, in CPU seconds %.2f",
                dirty ? "dirty" : "clean",
                seconds[0],
                cpu[0],
                seconds[1],
                cpu[1],
                seconds[2],
                cpu[2],
                seconds[3],
                cpu[3],
                toFastest(seconds),
                toFastest(cpu)));
    }

    private static double[] medians(Sample[][] samples, ToDoubleFunction<Sample> value) {
        return Arrays.stream(samples)
                .mapToDouble(
                        all -> Arrays.stream(all).mapToDouble(value).sorted().toArray()[all.length / 2])
                .toArray();
    }

    /** The clock of CPU seconds ticks too slowly for a median. */
    private static double[] means(Sample[][] samples, ToDoubleFunction<Sample> value) {
        return Arrays.stream(samples)
                .mapToDouble(
                        all -> Arrays.stream(all).mapToDouble(value).average().orElse(0))
                .toArray();
    }

    private static double toFastest(double[] medians) {
        return medians[3] / Math.min(medians[0], Math.min(medians[1], medians[2]));
    }

    private static Graph graph(Project project, Warehouses warehouses) {
        GraphBuilder builder = new GraphBuilder();
        builder.add(Node.builder(new NodeId(NodeKind.SOURCE, "bench", "main.big"), Position.ofFile("sources.yml"))
                .name(TABLE)
                .describes(warehouses.relation(project.target(), "main", TABLE))
                .build());
        new QualityLayer(warehouses).contribute(project, builder);
        return builder.build();
    }

    private static void run(Graph graph) {
        List<NodeId> all = graph.nodes().stream().map(Node::id).toList();
        new Runner(
                        Plan.of(graph, all),
                        new RunOptions("test", 4, false),
                        new Events(new ArrayList<>()),
                        Clock.systemUTC())
                .run();
    }

    private static Sample timed(Runnable work) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        return new Sample((System.nanoTime() - begin) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    private static void delete(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
