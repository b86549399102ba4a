package dev.millrace.server;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A shop: tables from its database, models over them, tests, a stream and a sync. The steps run real SQL. */
final class SampleGraph {
    private final Warehouse warehouse;
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<NodeId, NodeCode> code = new TreeMap<>();
    /** Opened by a test that wants a run to stay under way: the step of {@code slow} waits for it. */
    final CountDownLatch gate = new CountDownLatch(1);

    SampleGraph(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    Map<NodeId, NodeCode> code() {
        return Map.copyOf(code);
    }

    Graph build() {
        connection(
                "customers",
                "select i as customer_id, 'Customer ' || i as name,"
                        + " ['retail', 'business', 'partner'][1 + i % 3] as segment, i % 17 = 0 as blocked from range(1200) t(i)");
        connection(
                "orders",
                "select i as order_id, i % 1200 as customer_id, date '2026-01-01' + cast(i % 300 as integer) as placed_on,"
                        + " ['placed', 'shipped', 'returned'][1 + i % 3] as status, cast(10 + i % 190 as decimal(10, 2)) as total from range(24000) t(i)");
        connection(
                "order_items",
                "select i as order_item_id, i % 24000 as order_id, i % 80 as product_id, 1 + i % 4 as quantity from range(60000) t(i)");
        connection(
                "products",
                "select i as product_id, 'Product ' || i as name, ['books', 'games', 'garden', 'kitchen'][1 + i % 4] as category, cast(i as decimal(8, 2)) as price from range(80) t(i)");
        seed(
                "category_targets",
                "select unnest(['books', 'games', 'garden', 'kitchen']) as category, unnest([90000, 80000, 70000, 60000]) as monthly_target");
        model(
                "stg_customers",
                "view",
                List.of("source:customers"),
                "staging",
                "Customers as the shop's database has them.",
                "select * from raw.customers where not blocked");
        model(
                "stg_orders",
                "view",
                List.of("source:orders"),
                "staging",
                "",
                "select *, date_trunc('month', placed_on) as order_month from raw.orders");
        model("stg_order_items", "view", List.of("source:order_items"), "staging", "", "select * from raw.order_items");
        model("stg_products", "view", List.of("source:products"), "staging", "", "select * from raw.products");
        model(
                "dim_customers",
                "table",
                List.of("stg_customers"),
                "marts",
                "One row per customer of the shop.",
                "select customer_id, name, segment from main.stg_customers");
        model(
                "fct_order_lines",
                "incremental",
                List.of("stg_order_items", "stg_products"),
                "marts",
                "One row per line of an order.",
                "select i.*, p.category, p.price * i.quantity as line_total from main.stg_order_items i left join main.stg_products p using (product_id)");
        model(
                "fct_orders",
                "table",
                List.of("stg_orders", "dim_customers", "fct_order_lines"),
                "marts",
                "One row per order with the customer it belongs to.",
                "select o.*, c.segment from main.stg_orders o left join main.dim_customers c using (customer_id)");
        model(
                "sales_by_month",
                "table",
                List.of("fct_order_lines", "stg_orders", "category_targets"),
                "marts",
                "Revenue per month and category.",
                "select o.order_month, l.category, sum(l.line_total) as revenue, count(*) as lines from main.fct_order_lines l join main.stg_orders o using (order_id) group by all order by all");
        model(
                "customer_value",
                "table",
                List.of("dim_customers", "fct_orders"),
                "marts",
                "What a customer is worth, delivered to the CRM.",
                "select c.customer_id, c.name, sum(o.total) as lifetime_value from main.dim_customers c join main.fct_orders o using (customer_id) group by all");
        model(
                "churn_risk",
                "table",
                List.of("customer_value"),
                "ml",
                "Fails: a column of it does not exist.",
                "select customer_id, last_seen from main.customer_value");
        test(
                "unique_dim_customers_customer_id",
                "dim_customers",
                "select customer_id from main.dim_customers group by 1 having count(*) > 1");
        test(
                "not_null_dim_customers_segment",
                "dim_customers",
                "select * from main.dim_customers where segment is null");
        test(
                "unique_fct_orders_order_id",
                "fct_orders",
                "select order_id from main.fct_orders group by 1 having count(*) > 1");
        test("not_null_fct_orders_segment", "fct_orders", "select * from main.fct_orders where segment is null");
        test("positive_line_total", "fct_order_lines", "select * from main.fct_order_lines where line_total < 0");
        test(
                "accepted_values_stg_orders_status",
                "stg_orders",
                "select * from main.stg_orders where status not in ('placed', 'shipped', 'returned')");
        stream();
        sync();
        builder.add(slow());
        return builder.build();
    }

    private void connection(String table, String sql) {
        NodeId id = new NodeId(NodeKind.CONNECTION, "shop", "shop_db_to_warehouse." + table);
        builder.add(Node.builder(id, new Position("connections.yml", 3, 5))
                .name("shop_db_to_warehouse." + table)
                .writes(warehouse.relation("raw", table))
                .reads(new Dataset("shop_db", "public." + table, List.of()))
                .step(context -> create(context, "table", "raw", table, sql))
                .build());
        NodeId source = new NodeId(NodeKind.SOURCE, "shop", "raw." + table);
        builder.add(Node.builder(source, new Position("models/sources.yml", 4, 9))
                .name("raw." + table)
                .describes(warehouse.relation("raw", table))
                .attributes(Map.of("source_name", "raw"))
                .build());
    }

    private void seed(String name, String sql) {
        NodeId id = new NodeId(NodeKind.SEED, "shop", name);
        builder.add(Node.builder(id, Position.ofFile("seeds/" + name + ".csv"))
                .writes(warehouse.relation("main", name))
                .step(context -> create(context, "table", "main", name, sql))
                .build());
    }

    private void model(
            String name, String materialized, List<String> inputs, String tag, String description, String sql) {
        NodeId id = id(name);
        List<NodeId> from = new ArrayList<>();
        for (String input : inputs) {
            from.add(
                    input.startsWith("source:")
                            ? new NodeId(NodeKind.SOURCE, "shop", "raw." + input.substring(7))
                            : input.equals("category_targets") ? new NodeId(NodeKind.SEED, "shop", input) : id(input));
        }
        builder.add(Node.builder(id, Position.ofFile("models/" + tag + "/" + name + ".sql"))
                .tags(List.of(tag))
                .description(description)
                .inputs(from)
                .config(Map.of("materialized", materialized))
                .writes(warehouse.relation("main", name))
                .step(context -> create(context, materialized.equals("view") ? "view" : "table", "main", name, sql))
                .build());
        code.put(
                id,
                new NodeCode(
                        "sql",
                        "{{ config(materialized='" + materialized + "') }}\n\n-- " + name + "\n"
                                + sql.replace("main.stg_orders", "{{ ref('stg_orders') }}"),
                        java.util.Optional.of(sql)));
    }

    private void test(String name, String on, String sql) {
        NodeId id = new NodeId(NodeKind.TEST, "shop", name);
        builder.add(Node.builder(id, new Position("models/schema.yml", 12, 11))
                .input(id(on))
                .gate()
                .step(context -> {
                    try (Session session = warehouse.open()) {
                        long rows = session.query("select count(*) from (" + sql + ")")
                                .singleLong();
                        return new StepResult(
                                rows == 0 ? Status.PASS : Status.FAIL,
                                rows == 0 ? "" : rows + " rows do not hold",
                                OptionalLong.empty(),
                                OptionalLong.of(rows),
                                Map.of());
                    }
                })
                .build());
    }

    private void stream() {
        NodeId topic = new NodeId(NodeKind.TOPIC, "shop", "kafka.clicks");
        builder.add(Node.builder(topic, new Position("millrace.yml", 9, 3))
                .name("kafka.clicks")
                .writes(warehouse.relation("raw", "clicks"))
                .trigger(Duration.ofSeconds(1))
                .step(new Clicks())
                .build());
        NodeId windows = id("clicks_by_minute");
        builder.add(Node.builder(windows, Position.ofFile("models/streams/clicks_by_minute.sql"))
                .tags(List.of("streams"))
                .description("Clicks per minute, as they come.")
                .input(topic)
                .config(Map.of("materialized", "streaming"))
                .writes(warehouse.relation("main", "clicks_by_minute"))
                .trigger(Duration.ofSeconds(1))
                .step(context -> {
                    throw new MillraceException(
                            ErrorCode.CONNECTION_LOST,
                            "the broker at 127.0.0.1:9092 went away",
                            null,
                            "Is it running?",
                            null);
                })
                .build());
    }

    private void sync() {
        NodeId sync = new NodeId(NodeKind.SYNC, "shop", "customer_value_to_crm");
        builder.add(Node.builder(sync, new Position("syncs.yml", 3, 5))
                .input(id("customer_value"))
                .sends(new Dataset("crm", "Account", List.of("Name", "Lifetime_Value__c")))
                .step(context -> StepResult.success("delivered", 1129))
                .build());
        NodeId exposure = new NodeId(NodeKind.EXPOSURE, "shop", "sales_board");
        builder.add(Node.builder(exposure, new Position("models/exposures.yml", 3, 5))
                .input(id("sales_by_month"))
                .description("The board that the sales team looks at.")
                .build());
    }

    private Node slow() {
        return Node.builder(id("slow"), Position.ofFile("models/slow.sql"))
                .tags(List.of("slow"))
                .step(context -> {
                    try (StepContext.Registration stop = context.onCancel(gate::countDown)) {
                        context.log(LogLevel.INFO, "waiting for the gate");
                        boolean open = gate.await(60, TimeUnit.SECONDS);
                        return StepResult.success(open ? "the gate was opened" : "the gate stayed shut");
                    }
                })
                .build();
    }

    private StepResult create(StepContext context, String what, String schema, String name, String sql) {
        try (Session session = warehouse.open()) {
            session.createSchema(warehouse.database(), schema);
            session.execute("create or replace " + what + " " + schema + "." + name + " as " + sql);
            context.log(LogLevel.DEBUG, "create or replace " + what + " " + schema + "." + name);
            long rows = what.equals("view")
                    ? 0
                    : session.query("select count(*) from " + schema + "." + name)
                            .singleLong();
            return what.equals("view") ? StepResult.success("view created") : StepResult.success("table created", rows);
        }
    }

    static NodeId id(String model) {
        return new NodeId(NodeKind.MODEL, "shop", model);
    }

    /** Writes a few rows each time it is asked. */
    private final class Clicks implements ContinuousStep {
        @Override
        public StepResult run(StepContext context) {
            return insert();
        }

        private StepResult insert() {
            try (Session session = warehouse.open()) {
                session.createSchema(warehouse.database(), "raw");
                session.execute("create table if not exists raw.clicks (clicked_at timestamptz, page varchar)");
                session.execute("insert into raw.clicks select current_timestamp, '/p/' || i from range(25) t(i)");
                return StepResult.success("", 25)
                        .with("lag", 140L)
                        .with("lag_ms", 2_300L)
                        .with("watermark", Instant.now().minusSeconds(60).toString())
                        .with("position", "0:18429,1:18390");
            }
        }

        @Override
        public Flow open(StepContext context) {
            return new Flow() {
                @Override
                public StepResult next(Duration wait) {
                    return insert();
                }

                @Override
                public void close() {}
            };
        }
    }
}
