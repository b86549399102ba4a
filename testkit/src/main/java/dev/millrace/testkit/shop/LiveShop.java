package dev.millrace.testkit.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * A shop that is open now: with every tick a customer orders something, and an older order moves on. Owned by one
 * thread, together with its connection.
 */
public final class LiveShop {
    private final Connection connection;
    private final long customers;
    private final long products;
    private long orders;
    private long items;

    public LiveShop(Connection connection) throws SQLException {
        this.connection = connection;
        this.customers = max("customers");
        this.products = max("products");
        this.orders = max("orders");
        this.items = max("order_items");
    }

    public long customers() {
        return customers;
    }

    /** One new order with its items, and one that is shipped or delivered, in one transaction. */
    public void tick(Instant now) throws SQLException {
        var unused = Transaction.run(connection, () -> {
            orders++;
            Generated.Order order = new Generated(customers, products, orders).newOrder(Integer.MAX_VALUE, orders, now);
            try (CopyWriter copy = new CopyWriter(connection, "public.orders", ShopSchema.ORDER_COLUMNS)) {
                ShopDatabase.write(copy, orders, order);
                copy.finish();
            }
            try (CopyWriter copy = new CopyWriter(connection, "public.order_items", ShopSchema.ITEM_COLUMNS)) {
                for (Generated.Item item : order.items()) {
                    ShopDatabase.write(copy, ++items, orders, item, now);
                }
                copy.finish();
            }
            return moveOn(now);
        });
    }

    private int moveOn(Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE public.orders SET status = CASE status WHEN 'pending' THEN 'shipped' ELSE 'delivered' END,"
                        + " updated_at = ? WHERE id = ? AND status IN ('pending', 'shipped')")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, orders - 1 - orders % 7);
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
