package dev.millrace.assets.internal;

import java.util.Locale;

/** Java's names as a warehouse writes them. */
final class Names {
    private Names() {}

    /** {@code rawOrders} is {@code raw_orders}, {@code customerID} is {@code customer_id}. */
    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
