package dev.millrace.testkit.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One round of changes. Which rows change follows from their id and the round. */
final class ShopDay {
    private static final int NEW_ORDERS_PER_MILLE = 2;

    /** When something happens to the row {@code id} on this day: a parameter is the day's beginning. */
    private static final String MOMENT =
            "?::timestamptz + (id % 36000) * interval '1 second' + (id % 997) * interval '1 us'";

    private final Connection connection;
    private final int round;
    private final Instant morning;

    private ShopDay(Connection connection, int round) {
        this.connection = connection;
        this.round = round;
        this.morning = Generated.NOW.plus(round, ChronoUnit.DAYS).plusSeconds(1);
    }

    static List<TableChange> pass(Connection connection, int round) throws SQLException {
        ShopDay day = new ShopDay(connection, round);
        long customers = day.update(
                "UPDATE public.customers SET segment = CASE segment WHEN 'consumer' THEN 'small_business'"
                        + " WHEN 'small_business' THEN 'corporate' ELSE 'consumer' END, updated_at = " + MOMENT
                        + " WHERE (id + ?) % 400 = 0",
                round);
        long products = day.update(
                "UPDATE public.products SET price = round(price * 1.05, 2), updated_at = " + MOMENT
                        + " WHERE (id + ?) % 100 = 0 OR id = 1",
                round);
        long orders = day.update(
                "UPDATE public.orders SET status = CASE status WHEN 'pending' THEN 'shipped' ELSE 'delivered' END,"
                        + " updated_at = " + MOMENT + " WHERE status IN ('pending', 'shipped') AND (id + ?) % 3 = 0",
                round);
        long returned = day.sendBack();
        long[] added = day.newOrders();
        return List.of(
                new TableChange("customers", 0, customers),
                new TableChange("products", 0, products),
                new TableChange("orders", added[0], orders + returned),
                new TableChange("order_items", added[1], 0),
                new TableChange("returns", returned, 0));
    }

    /** Some delivered orders come back: the status changes, and their first item is in {@code returns}. */
    private long sendBack() throws SQLException {
        String select = "status = 'delivered' AND updated_at < ?::timestamptz AND (id + ?) % 2000 = 0";
        String insert = """
                INSERT INTO public.returns (id, order_item_id, reason, refund, returned_on, updated_at)
                SELECT
                    (SELECT coalesce(max(id), 0) FROM public.returns) + row_number() OVER (ORDER BY item.id),
                    item.id, 'not as described', item.quantity * item.unit_price, ?::timestamptz::date, ?::timestamptz
                FROM public.orders AS o
                JOIN LATERAL (
                    SELECT * FROM public.order_items AS i WHERE i.order_id = o.id ORDER BY i.id LIMIT 1
                ) AS item ON true
                WHERE\s""" + select.replace("(id", "(o.id").replace("updated_at", "o.updated_at");
        try (PreparedStatement returns = connection.prepareStatement(insert);
                PreparedStatement orders = connection.prepareStatement(
                        "UPDATE public.orders SET status = 'returned', updated_at = " + MOMENT + " WHERE " + select)) {
            for (int i = 1; i <= 3; i++) {
                returns.setTimestamp(i, Timestamp.from(morning));
            }
            returns.setInt(4, round);
            orders.setTimestamp(1, Timestamp.from(morning));
            orders.setTimestamp(2, Timestamp.from(morning));
            orders.setInt(3, round);
            returns.executeUpdate();
            return orders.executeUpdate();
        }
    }

    /** How many orders and items were added. */
    private long[] newOrders() throws SQLException {
        long orders = max("orders");
        long items = max("order_items");
        Generated generated = new Generated(max("customers"), max("products"), orders);
        long count = Math.max(1, orders * NEW_ORDERS_PER_MILLE / 1_000);
        long added;
        try (CopyWriter copy = new CopyWriter(connection, "public.orders", ShopSchema.ORDER_COLUMNS)) {
            for (long number = 1; number <= count; number++) {
                ShopDatabase.write(copy, orders + number, newOrder(generated, number, count));
            }
            added = copy.finish();
        }
        try (CopyWriter copy = new CopyWriter(connection, "public.order_items", ShopSchema.ITEM_COLUMNS)) {
            for (long number = 1; number <= count; number++) {
                Generated.Order order = newOrder(generated, number, count);
                for (Generated.Item item : order.items()) {
                    ShopDatabase.write(copy, ++items, orders + number, item, order.placedAt());
                }
            }
            return new long[] {added, copy.finish()};
        }
    }

    private Generated.Order newOrder(Generated generated, long number, long count) {
        return generated.newOrder(round, number, morning.plusSeconds(36_000 * number / count));
    }

    private long update(String sql, int parameter) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setTimestamp(1, Timestamp.from(morning));
            update.setInt(2, parameter);
            return update.executeUpdate();
        }
    }

    private long max(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(id) FROM public." + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
