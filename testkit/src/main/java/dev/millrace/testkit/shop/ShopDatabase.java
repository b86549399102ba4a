package dev.millrace.testkit.shop;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The shop's tables in schema {@code public} of a PostgreSQL database: {@code customers}, {@code products},
 * {@code orders}, {@code order_items} and {@code returns}, which all have {@code updated_at}, and {@code countries},
 * which has not. The same calls make the same rows everywhere. An order's total is the sum of its items, in every
 * round.
 *
 * <p>Each call is one transaction. Stateless; the connection is used by this thread alone.
 */
public final class ShopDatabase {
    private static final long ORDERS = 200_000;
    private static final long CUSTOMERS = 20_000;
    private static final long PRODUCTS = 1_000;

    private ShopDatabase() {}

    /** Whether the tables are there. */
    public static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('public.order_items') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Makes and fills the tables.
     *
     * @param scale 1 for 200,000 orders with about 500,000 items, 20,000 customers and 1,000 products; may be a
     *     fraction
     * @return how many rows each table has
     */
    public static Map<String, Long> create(Connection connection, double scale) throws SQLException {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("scale must be above 0, but is " + scale);
        }
        return Transaction.run(connection, () -> {
            execute(connection, ShopSchema.TABLES);
            long customers = scaled(CUSTOMERS, scale);
            long products = scaled(PRODUCTS, Math.min(1, scale) + (scale > 1 ? Math.log10(scale) : 0));
            long orders = scaled(ORDERS, scale);
            Generated generated = new Generated(customers, products, orders);
            Map<String, Long> counts = new LinkedHashMap<>();
            counts.put("countries", countries(connection));
            counts.put("customers", customers(connection, customers));
            counts.put("products", products(connection, products));
            counts.put("orders", orders(connection, generated, orders));
            counts.put("order_items", items(connection, generated, orders));
            counts.put("returns", returns(connection, generated, orders));
            execute(connection, ShopSchema.KEYS);
            execute(connection, List.of("ANALYZE"));
            return counts;
        });
    }

    /**
     * Lets a day pass in the shop: some orders move on to their next status, new ones come in with their items, a few
     * customers change segment, some prices rise, some items are sent back. Every row that changes gets a later
     * {@code updated_at} than any row before.
     *
     * @param round 1 for the first day; each round is made once, in order
     */
    public static List<TableChange> change(Connection connection, int round) throws SQLException {
        if (round < 1) {
            throw new IllegalArgumentException("rounds begin at 1, but this is " + round);
        }
        return Transaction.run(connection, () -> ShopDay.pass(connection, round));
    }

    /** The number of the round that comes next. */
    public static int nextRound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(updated_at) FROM public.products")) {
            row.next();
            Instant last = row.getTimestamp(1).toInstant();
            return (int) Math.max(0, Duration.between(Generated.NOW, last).toDays()) + 1;
        }
    }

    static void execute(Connection connection, List<String> sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }

    private static long scaled(long rows, double scale) {
        return Math.max(1, Math.round(rows * scale));
    }

    private static long countries(Connection connection) throws SQLException {
        try (CopyWriter copy = new CopyWriter(connection, "public.countries", "code, name, currency")) {
            for (List<String> country : Words.COUNTRIES) {
                copy.add(country.get(0)).add(country.get(1)).add(country.get(2)).endRow();
            }
            return copy.finish();
        }
    }

    private static long customers(Connection connection, long count) throws SQLException {
        long spanSeconds =
                Duration.between(Generated.OPENED, Generated.FIRST_ORDER).toSeconds();
        String columns = "id, name, email, segment, country, created_at, updated_at";
        try (CopyWriter copy = new CopyWriter(connection, "public.customers", columns)) {
            for (long id = 1; id <= count; id++) {
                SplittableRandom random = Generated.random("customers", id);
                String given = Words.pick(Words.GIVEN, random);
                String family = Words.pick(Words.FAMILY, random);
                String address = (given + "." + family + "." + id + "@example.com")
                        .toLowerCase()
                        .replace("'", "");
                int dice = random.nextInt(10);
                Instant created = Generated.OPENED
                        .plusSeconds(spanSeconds * (id - 1) / count)
                        .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
                copy.add(id)
                        .add(given + " " + family)
                        .add(random.nextInt(100) == 0 ? null : address)
                        .add(Words.SEGMENTS.get(dice < 6 ? 0 : dice < 9 ? 1 : 2))
                        .add(Words.pick(Words.COUNTRIES, random).get(0))
                        .add(created)
                        .add(created)
                        .endRow();
            }
            return copy.finish();
        }
    }

    private static long products(Connection connection, long count) throws SQLException {
        String columns = "id, sku, name, category, price, active, attributes, updated_at";
        try (CopyWriter copy = new CopyWriter(connection, "public.products", columns)) {
            for (long id = 1; id <= count; id++) {
                SplittableRandom random = Generated.random("products", id);
                int category = random.nextInt(Words.CATEGORIES.size());
                String attributes = "{\"colour\": \"" + Words.pick(Words.COLOURS, random) + "\", \"weight_g\": "
                        + (50 + random.nextInt(5_000)) + ", \"gift\": " + random.nextInt(2) + "}";
                copy.add(id)
                        .add(String.format(
                                "%s-%05d",
                                Words.CATEGORIES.get(category).substring(0, 2).toUpperCase(), id))
                        .add(Words.thing(category, random))
                        .add(Words.CATEGORIES.get(category))
                        .addMoney(Generated.priceCents(id))
                        .add(random.nextInt(20) > 0)
                        .add(random.nextInt(10) == 0 ? null : attributes)
                        .add(Generated.OPENED.plus(random.nextInt(700), ChronoUnit.DAYS))
                        .endRow();
            }
            return copy.finish();
        }
    }

    private static long orders(Connection connection, Generated generated, long count) throws SQLException {
        try (CopyWriter copy = new CopyWriter(connection, "public.orders", ShopSchema.ORDER_COLUMNS)) {
            for (long id = 1; id <= count; id++) {
                write(copy, id, generated.order(id));
            }
            return copy.finish();
        }
    }

    static void write(CopyWriter copy, long id, Generated.Order order) throws SQLException {
        copy.add(id)
                .add(order.customerId())
                .add(order.status())
                .addMoney(order.totalCents())
                .add(order.placedAt())
                .add(order.updatedAt())
                .endRow();
    }

    private static long items(Connection connection, Generated generated, long orders) throws SQLException {
        try (CopyWriter copy = new CopyWriter(connection, "public.order_items", ShopSchema.ITEM_COLUMNS)) {
            long id = 0;
            for (long orderId = 1; orderId <= orders; orderId++) {
                Generated.Order order = generated.order(orderId);
                for (Generated.Item item : order.items()) {
                    write(copy, ++id, orderId, item, order.placedAt());
                }
            }
            return copy.finish();
        }
    }

    static void write(CopyWriter copy, long id, long orderId, Generated.Item item, Instant updatedAt)
            throws SQLException {
        copy.add(id)
                .add(orderId)
                .add(item.productId())
                .add(item.quantity())
                .addMoney(item.unitPriceCents())
                .add(updatedAt)
                .endRow();
    }

    /** The first item of every returned order. */
    private static long returns(Connection connection, Generated generated, long orders) throws SQLException {
        String columns = "id, order_item_id, reason, refund, returned_on, updated_at";
        try (CopyWriter copy = new CopyWriter(connection, "public.returns", columns)) {
            long itemId = 1;
            long id = 0;
            for (long orderId = 1; orderId <= orders; orderId++) {
                Generated.Order order = generated.order(orderId);
                if (order.status().equals("returned")) {
                    Generated.Item item = order.items().get(0);
                    copy.add(++id)
                            .add(itemId)
                            .add(Words.pick(Words.REASONS, Generated.random("returns", orderId)))
                            .addMoney(item.quantity() * item.unitPriceCents())
                            .add(order.updatedAt().toString().substring(0, 10))
                            .add(order.updatedAt())
                            .endRow();
                }
                itemId += order.items().size();
            }
            return copy.finish();
        }
    }
}
