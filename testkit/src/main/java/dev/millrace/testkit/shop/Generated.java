package dev.millrace.testkit.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The rows of the shop, each a function of its number alone: any row can be made again without the others, so that no
 * table is held in memory.
 */
final class Generated {
    /** The shop opens its first account. */
    static final Instant OPENED = Instant.parse("2022-07-01T00:00:00Z");
    /** The first order; every customer of the start is there by then. */
    static final Instant FIRST_ORDER = Instant.parse("2024-07-01T00:00:00Z");
    /** Nothing of the start is later than this. */
    static final Instant NOW = Instant.parse("2026-06-30T23:59:59Z");

    private static final int MAX_ITEMS = 4;

    private final long customers;
    private final long products;
    private final long orders;

    Generated(long customers, long products, long orders) {
        this.customers = customers;
        this.products = products;
        this.orders = orders;
    }

    record Item(long productId, int quantity, long unitPriceCents) {}

    record Order(long customerId, String status, Instant placedAt, Instant updatedAt, List<Item> items) {
        long totalCents() {
            return items.stream()
                    .mapToLong(item -> item.quantity() * item.unitPriceCents())
                    .sum();
        }
    }

    static SplittableRandom random(String table, long number) {
        return new SplittableRandom(table.hashCode() * 0x9E3779B97F4A7C15L + number * 0xD1342543DE82EF95L);
    }

    /** What a product costs until a round of changes alters it. */
    static long priceCents(long productId) {
        SplittableRandom random = random("price", productId);
        return 100L * (1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 60)) - 1;
    }

    /** An order of the start, placed the later the higher its number. */
    Order order(long number) {
        SplittableRandom random = random("orders", number);
        long span = Duration.between(FIRST_ORDER, NOW).toSeconds();
        Instant placed = FIRST_ORDER
                .plusSeconds(span * (number - 1) / Math.max(1, orders))
                .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
        long days = Duration.between(placed, NOW).toDays();
        String status = statusAfter(days, random);
        long lagHours = status.equals("pending") ? 0 : 1 + random.nextInt((int) Math.min(days * 24 + 1, 240));
        Instant updated = placed.plus(Duration.ofHours(lagHours));
        return order(random, status, placed, updated.isAfter(NOW) ? NOW : updated);
    }

    /** An order that a round of changes adds. */
    Order newOrder(int round, long number, Instant placed) {
        return order(random("round " + round, number), "pending", placed, placed);
    }

    private Order order(SplittableRandom random, String status, Instant placed, Instant updated) {
        double skewed = random.nextDouble();
        long customer = 1 + (long) (customers * skewed * skewed);
        List<Item> items = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_ITEMS);
        for (int i = 0; i < count; i++) {
            long product = 1 + random.nextLong(products);
            items.add(new Item(product, 1 + random.nextInt(random.nextInt(10) == 0 ? 12 : 3), priceCents(product)));
        }
        return new Order(Math.min(customer, customers), status, placed, updated, items);
    }

    private static String statusAfter(long days, SplittableRandom random) {
        int dice = random.nextInt(100);
        if (days < 3) {
            return "pending";
        }
        if (dice < 4) {
            return "cancelled";
        }
        if (days < 14) {
            return "shipped";
        }
        return dice < 8 ? "returned" : "delivered";
    }
}
