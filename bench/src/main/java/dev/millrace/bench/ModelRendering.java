package dev.millrace.bench;

import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.transform.Rendering;
import dev.millrace.transform.TransformLayer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * How long a warm dbt model takes to render: an incremental one with a config, three inputs, a loop and a call of a
 * macro, whose table is there; against its text put together by hand. Arguments: renderings of a round and thread,
 * rounds, the most threads.
 */
public final class ModelRendering {
    private static final String MODEL = """
            {{ config(materialized='incremental', unique_key='order_id', tags=['daily']) }}

            {% set methods = ['card', 'cash', 'voucher', 'transfer'] %}

            with orders as (
                select * from {{ ref('orders') }}
            ),

            customers as (
                select * from {{ ref('customers') }}
            ),

            payments as (
                select
                    order_id,
                    {% for method in methods %}
                    sum(case when method = '{{ method }}' then {{ whole('amount', 2) }} else 0 end) as {{ method }}_amount{{ "," if not loop.last }}
                    {% endfor %}
                from {{ source('raw', 'payments') }}
                group by order_id
            )

            select orders.*, customers.name, payments.* exclude (order_id)
            from orders
            join customers using (customer_id)
            left join payments using (order_id)
            {% if is_incremental() %}
            where orders.day > (select max(day) from {{ this }})
            {% endif %}
            """;
    private static final NodeId ID = new NodeId(NodeKind.MODEL, "shop", "order_payments");

    private ModelRendering() {}

    /** One round: per rendering, in microseconds. */
    private record Sample(double wall, double cpu) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int most = Integer.parseInt(arguments[2]);
        Path root = Files.createTempDirectory("rendering");
        write(root);
        Project project = ProjectLoader.load(Invocation.of("build", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            try (Session session = warehouses.warehouse(project.target()).open()) {
                session.execute("create table order_payments (order_id bigint, day date)");
            }
            TransformLayer layer = new TransformLayer(warehouses);
            layer.contribute(project, new GraphBuilder());
            String expected = byHand();
            try (Rendering one = new Rendering(layer, ID)) {
                if (!squeezed(one.sql()).equals(squeezed(expected))) {
                    throw new IllegalStateException("rendered:\n" + one.sql() + "\nby hand:\n" + expected);
                }
            }
            for (int round = -2; round < rounds; round++) {
                for (int threads = 1; threads <= most; threads++) {
                    Sample ours = measure(layer, count, threads);
                    Sample floor = measure(count, threads);
                    if (round >= 0) {
                        report(threads, ours, floor);
                    }
                }
            }
        } finally {
            try (var files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void report(int threads, Sample ours, Sample floor) {
        System.out.println(String.format(
                Locale.ROOT,
                "%d thread%s  a rendering takes %.2f CPU us (by hand %.2f, ratio %.1f), %.0f a second (by hand %.0f)",
                threads,
                threads == 1 ? " " : "s",
                ours.cpu(),
                floor.cpu(),
                ours.cpu() / floor.cpu(),
                1e6 * threads / ours.wall(),
                1e6 * threads / floor.wall()));
    }

    private static Sample measure(TransformLayer layer, int count, int threads) throws InterruptedException {
        List<Rendering> open = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                open.add(new Rendering(layer, ID));
            }
            return together(
                    count, open.stream().<Supplier<String>>map(one -> one::sql).toList());
        } finally {
            open.forEach(Rendering::close);
        }
    }

    private static Sample measure(int count, int threads) throws InterruptedException {
        List<Supplier<String>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(ModelRendering::byHand);
        }
        return together(count, all);
    }

    /** Each supplier in a thread of its own, all at the same time. */
    private static Sample together(int count, List<Supplier<String>> suppliers) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        long[] wall = new long[suppliers.size()];
        long[] cpu = new long[suppliers.size()];
        long[] characters = new long[suppliers.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < suppliers.size(); i++) {
            int at = i;
            Thread thread = new Thread(
                    () -> {
                        await(start);
                        long began = System.nanoTime();
                        long cpuBegan = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                        for (int n = 0; n < count; n++) {
                            characters[at] += suppliers.get(at).get().length();
                        }
                        cpu[at] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBegan;
                        wall[at] = System.nanoTime() - began;
                    },
                    "rendering-" + i);
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        Sample sum = new Sample(0, 0);
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).join();
            if (characters[i] == 0) {
                throw new IllegalStateException("nothing was rendered");
            }
            double each = 1e3 * count * threads.size();
            sum = new Sample(sum.wall() + wall[i] / each, sum.cpu() + cpu[i] / each);
        }
        return sum;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String byHand() {
        StringBuilder sql = new StringBuilder(1024);
        sql.append("with orders as (\n    select * from ").append(relation("orders"));
        sql.append("\n),\n\ncustomers as (\n    select * from ").append(relation("customers"));
        sql.append("\n),\n\npayments as (\n    select\n        order_id,\n");
        String separator = "";
        for (String method : List.of("card", "cash", "voucher", "transfer")) {
            sql.append(separator)
                    .append("        sum(case when method = '")
                    .append(method)
                    .append("' then ");
            sql.append("round(").append("amount").append(" / 100.0, ").append(2).append(")");
            sql.append(" else 0 end) as ").append(method).append("_amount");
            separator = ",\n";
        }
        sql.append("\n    from ").append(relation("payments")).append("\n    group by order_id\n)\n\n");
        sql.append("select orders.*, customers.name, payments.* exclude (order_id)\nfrom orders\n");
        sql.append("join customers using (customer_id)\nleft join payments using (order_id)\n");
        sql.append("where orders.day > (select max(day) from ")
                .append(relation("order_payments"))
                .append(")\n");
        return sql.toString();
    }

    private static String relation(String name) {
        return "\"shop\".\"main\".\"" + name + "\"";
    }

    private static String squeezed(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }

    private static void write(Path root) throws IOException {
        Files.createDirectories(root.resolve("models"));
        Files.createDirectories(root.resolve("macros"));
        Files.writeString(root.resolve("dbt_project.yml"), "name: shop\nversion: '1.0'\nprofile: shop\n");
        Files.writeString(
                root.resolve("profiles.yml"),
                "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}\n");
        Files.writeString(
                root.resolve("macros/whole.sql"),
                "{% macro whole(column, digits=2) %}round({{ column }} / 100.0, {{ digits }}){% endmacro %}\n");
        Files.writeString(
                root.resolve("models/raw.yml"), "sources: [{name: raw, schema: main, tables: [{name: payments}]}]\n");
        Files.writeString(
                root.resolve("models/orders.sql"), "select 1 as order_id, 2 as customer_id, current_date as day\n");
        Files.writeString(root.resolve("models/customers.sql"), "select 2 as customer_id, 'Ann' as name\n");
        Files.writeString(root.resolve("models/order_payments.sql"), MODEL);
    }
}
