package dev.millrace.assets;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method an asset: a node of the graph that Java code makes. Its parameters are its inputs (see {@link Input});
 * what it returns becomes its table: a list, collection, stream or array of records, or {@link Sql}. A method that
 * returns nothing is run for what it does. The class needs a constructor without parameters, or the method is static.
 *
 * <pre>{@code
 * public class Orders {
 *     public record Order(long id, String customer, BigDecimal amount) {}
 *
 *     @Asset(description = "Orders that have been paid")
 *     public List<Order> paidOrders(List<Order> rawOrders) {
 *         return rawOrders.stream().filter(order -> order.amount().signum() > 0).toList();
 *     }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Asset {
    /** The node's and the table's name; the method's name in snake_case unless given. */
    String name() default "";

    /** The table's schema; that of the project's target unless given. */
    String schema() default "";

    String description() default "";

    String[] tags() default {};

    /**
     * {@code table}; {@code view}, for an asset that returns {@link Sql}; {@code none}, for one that returns nothing.
     * Found out from what the method returns unless given.
     */
    String materialized() default "";

    /** How often it is tried again when something outside (an {@link java.io.IOException}) failed. */
    int retries() default 0;
}
