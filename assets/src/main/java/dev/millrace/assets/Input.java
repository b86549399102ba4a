package dev.millrace.assets;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which asset, model, seed, snapshot or source a parameter is. Without it the parameter's name says so: as it is, or in
 * snake_case ({@code rawOrders} is {@code raw_orders}). The parameter's type is {@link Rows}, or a {@code List} of
 * records whose components are named after columns.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Input {
    /** A name; {@code raw.orders} for a source. */
    String value();
}
