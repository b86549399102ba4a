package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.cli.Workspace;
import dev.millrace.core.project.Invocation;
import dev.millrace.events.EventCollector;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.shop.ShopDatabase;
import dev.millrace.testkit.shop.WebEvent;
import dev.millrace.testkit.shop.WebEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example shop from end to end: real servers, real processes, and the truth computed from the source. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ShopIT {
    private static final List<String> TABLES =
            List.of("customers", "products", "orders", "order_items", "returns", "countries");

    private static final Path BROKER_LIB =
            Path.of("target", "millrace", "broker-lib").toAbsolutePath();

    @TempDir
    Path dir;

    private DemoProject project;
    private DemoServices services;
    private Connection shop;
    private KafkaBroker broker;
    private Workspace workspace;
    private EventCollector web;
    private long published;

    @BeforeEach
    void open() throws SQLException {
        project = DemoProject.in(dir.resolve("shop"));
        services = DemoServices.start(project.services());
        shop = services.database().connect();
        ShopDatabase.create(shop, 0.01);
        System.setProperty("millrace.broker.lib", BROKER_LIB.toString());
        broker = KafkaBroker.start(BrokerSettings.of(project.dir().resolve(".millrace/web"), 0));
        workspace = Workspace.open(Invocation.of("build", project.dir()));
        web = workspace
                .events()
                .collector(workspace.project(), Optional.of("web"))
                .orElseThrow();
        visit(0);
    }

    /** Visitors come to the web site for a day. */
    private void visit(int day) {
        List<WebEvent> events = WebEvents.day(day, 0.01);
        web.publish("events", DemoEvents.of(events));
        published += events.size();
    }

    @AfterEach
    void close() throws SQLException {
        web.close();
        workspace.close();
        broker.close();
        shop.close();
        services.close();
    }

    @Test
    void a_second_build_reads_merges_and_sends_only_what_changed() throws Exception {
        build(Integer.MAX_VALUE);
        assertEverythingArrived();
        long first = sent();

        ShopDatabase.change(shop, 1);
        visit(1);
        services.crm().clearRequests();
        List<String> events = build(Integer.MAX_VALUE);

        assertEverythingArrived();
        assertThat(sent()).isPositive().isLessThan(first / 2);
        assertThat(events).anySatisfy(line -> assertThat(line).contains("cdc.shop.shop"));

        services.crm().clearRequests();
        build(Integer.MAX_VALUE);
        assertThat(sent()).isZero();
    }

    @Test
    void a_build_killed_at_any_instant_is_followed_by_one_that_gets_everything_right() throws Exception {
        Random random = new Random(20261123);
        int killed = 0;
        for (int round = 1; round <= 6; round++) {
            List<String> events = build(1 + random.nextInt(90));
            killed += events.stream().noneMatch(line -> line.contains("RunFinished")) ? 1 : 0;
            ShopDatabase.change(shop, round);
            visit(round);
        }
        assertThat(killed).isPositive();

        build(Integer.MAX_VALUE);

        assertEverythingArrived();
    }

    /**
     * Builds in a process of its own.
     *
     * @param killAfter kills it with SIGKILL after so many events
     * @return its events
     */
    private List<String> build(int killAfter) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dmillrace.broker.lib=" + BROKER_LIB,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.millrace.cli.Main",
                "build",
                "--log-format",
                "json",
                "--project-dir",
                project.dir().toString());
        builder.environment().putAll(services.environment());
        Process process = builder.redirectErrorStream(true).start();
        List<String> events = new ArrayList<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = output.readLine()) != null) {
                events.add(line);
                if (events.size() >= killAfter) {
                    process.destroyForcibly();
                    break;
                }
            }
        }
        int code = process.waitFor();
        if (killAfter == Integer.MAX_VALUE) {
            assertThat(code).describedAs("%s", failures(events)).isZero();
        }
        return events;
    }

    private static String failures(List<String> events) {
        List<String> grave = events.stream()
                .filter(line -> !line.startsWith("{")
                        || line.contains("\"level\":\"error\"")
                        || line.contains("\"level\":\"warn\""))
                .toList();
        return String.join("\n", grave) + "\nlast: " + events.subList(Math.max(0, events.size() - 3), events.size());
    }

    private long sent() {
        return services.crm().requests().stream()
                .filter(SalesforceRequest::isWrite)
                .mapToLong(SalesforceRequest::records)
                .sum();
    }

    private void assertEverythingArrived() throws SQLException {
        try (Connection warehouse =
                DriverManager.getConnection("jdbc:duckdb:" + project.dir().resolve("shop.duckdb"))) {
            for (String table : TABLES) {
                List<List<String>> columns = columns(table);
                assertThat(rows(warehouse, table, "raw", columns.get(1)))
                        .describedAs("raw.%s", table)
                        .isEqualTo(rows(shop, table, "public", columns.get(0)));
            }
            assertThat(values(warehouse, "select count(*), sum(line_total) from main.fct_order_lines"))
                    .isEqualTo(values(shop, "select count(*), sum(quantity * unit_price) from public.order_items"));
            assertThat(values(warehouse, "select count(*), count(distinct id) from raw.events"))
                    .containsExactly(Long.toString(published), Long.toString(published));
            assertThat(values(warehouse, "select sum(event_count), 0 from main.event_counts"))
                    .isEqualTo(values(warehouse, "select sum(event_count), 0 from main.event_counts_unified"))
                    .containsExactly(Long.toString(published), "0");
            assertThat(customersOfCrm()).isEqualTo(customersOf(warehouse));
        }
    }

    /** The columns of a table as texts that read the same in both databases: PostgreSQL's first, DuckDB's second. */
    private List<List<String>> columns(String table) throws SQLException {
        List<String> ofPostgres = new ArrayList<>();
        List<String> ofDuckDb = new ArrayList<>();
        try (Statement statement = shop.createStatement();
                ResultSet column =
                        statement.executeQuery("select column_name, data_type from information_schema.columns"
                                + " where table_schema = 'public' and table_name = '" + table
                                + "' order by ordinal_position")) {
            while (column.next()) {
                String name = column.getString(1);
                boolean instant = column.getString(2).equals("timestamp with time zone");
                ofPostgres.add(instant ? "(extract(epoch from " + name + ") * 1000000)::bigint" : name + "::text");
                ofDuckDb.add(instant ? "epoch_us(" + name + ")" : name + "::text");
            }
        }
        return List.of(ofPostgres, ofDuckDb);
    }

    private static List<String> rows(Connection database, String table, String schema, List<String> columns)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select " + String.join(", ", columns) + " from " + schema + "." + table)) {
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= columns.size(); i++) {
                    text.append(row.getString(i)).append('|');
                }
                rows.add(text.toString());
            }
        }
        rows.sort(null);
        return rows;
    }

    private static List<String> values(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return List.of(row.getString(1), row.getString(2));
        }
    }

    private static Map<String, String> customersOf(Connection warehouse) throws SQLException {
        Map<String, String> customers = new TreeMap<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet row = statement.executeQuery(
                        "select customer_key, name, segment, lifetime_value, at_risk" + " from main.customer_value")) {
            while (row.next()) {
                customers.put(
                        row.getString(1),
                        row.getString(2) + "|" + row.getString(3) + "|" + plain(row.getBigDecimal(4)) + "|"
                                + row.getBoolean(5));
            }
        }
        return customers;
    }

    private Map<String, String> customersOfCrm() {
        Map<String, String> customers = new TreeMap<>();
        for (Map<String, Object> account : services.crm().records("Account")) {
            String before = customers.put(
                    String.valueOf(account.get("Shop_Customer_Id__c")),
                    account.get("Name") + "|" + account.get("Segment__c") + "|"
                            + plain(new BigDecimal(String.valueOf(account.get("Lifetime_Value__c")))) + "|"
                            + account.get("At_Risk__c"));
            assertThat(before).isNull();
        }
        return customers;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
