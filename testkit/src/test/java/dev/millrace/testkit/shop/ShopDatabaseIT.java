package dev.millrace.testkit.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShopDatabaseIT {
    private static final List<String> TABLES =
            List.of("countries", "customers", "products", "orders", "order_items", "returns");
    private static final String UNBALANCED = """
            SELECT count(*) FROM orders AS o WHERE total <>
                (SELECT coalesce(sum(quantity * unit_price), 0) FROM order_items AS i WHERE i.order_id = o.id)
            """;

    private final AtomicInteger databases = new AtomicInteger();
    private final PostgresServer server = PostgresServer.builder().start();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_rows_are_as_many_as_said_and_totals_are_the_sums_of_their_items() throws SQLException {
        try (Connection connection = database()) {
            assertThat(ShopDatabase.exists(connection)).isFalse();
            Map<String, Long> counts = ShopDatabase.create(connection, 0.01);
            assertThat(ShopDatabase.exists(connection)).isTrue();
            assertThat(counts)
                    .containsEntry("orders", 2_000L)
                    .containsEntry("customers", 200L)
                    .containsOnlyKeys(TABLES);
            for (String table : TABLES) {
                assertThat(number(connection, "SELECT count(*) FROM " + table)).isEqualTo(counts.get(table));
            }
            assertThat(counts.get("order_items")).isBetween(4_500L, 5_500L);
            assertThat(number(connection, UNBALANCED)).isZero();
            assertThat(number(connection, "SELECT count(DISTINCT status) FROM orders"))
                    .isEqualTo(5);
            assertThat(number(connection, "SELECT count(*) FROM orders WHERE updated_at < placed_at"))
                    .isZero();
        }
    }

    @Test
    void two_shops_are_the_same_in_every_round() throws SQLException {
        try (Connection one = database();
                Connection other = database()) {
            ShopDatabase.create(one, 0.01);
            ShopDatabase.create(other, 0.01);
            assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
            for (int round = 1; round <= 3; round++) {
                assertThat(ShopDatabase.change(one, round)).isEqualTo(ShopDatabase.change(other, round));
                assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
            }
        }
    }

    @Test
    void a_round_changes_what_it_says_and_moves_updated_at_forward() throws SQLException {
        try (Connection connection = database()) {
            ShopDatabase.create(connection, 0.02);
            for (int round = 1; round <= 4; round++) {
                assertThat(ShopDatabase.nextRound(connection)).isEqualTo(round);
                Map<String, String> latest = latest(connection);
                List<TableChange> changes = ShopDatabase.change(connection, round);
                for (TableChange change : changes) {
                    String later = "SELECT count(*) FROM " + change.table() + " WHERE updated_at > '"
                            + latest.get(change.table()) + "'";
                    assertThat(number(connection, later))
                            .as(change.toString())
                            .isEqualTo(change.inserted() + change.updated());
                }
                assertThat(number(connection, UNBALANCED)).isZero();
                assertThat(changes).allSatisfy(change -> {
                    if (!change.table().equals("returns")) {
                        assertThat(change.inserted() + change.updated()).isPositive();
                    }
                });
            }
        }
    }

    @Test
    void making_it_twice_fails_and_leaves_the_first() throws SQLException {
        try (Connection connection = database()) {
            ShopDatabase.create(connection, 0.001);
            assertThatThrownBy(() -> ShopDatabase.create(connection, 0.01)).isInstanceOf(SQLException.class);
            assertThat(number(connection, "SELECT count(*) FROM orders")).isEqualTo(200);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private Connection database() throws SQLException {
        String name = "shop_" + databases.incrementAndGet();
        server.createDatabase(name);
        return server.connect(name);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static Map<String, String> latest(Connection connection) throws SQLException {
        Map<String, String> latest = new HashMap<>();
        for (String table : TABLES.subList(1, TABLES.size())) {
            latest.put(table, text(connection, "SELECT max(updated_at) FROM " + table));
        }
        return latest;
    }

    private static Map<String, String> fingerprint(Connection connection) throws SQLException {
        Map<String, String> fingerprint = new HashMap<>();
        for (String table : TABLES) {
            fingerprint.put(
                    table,
                    text(connection, "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM " + table + " AS t"));
        }
        return fingerprint;
    }
}
