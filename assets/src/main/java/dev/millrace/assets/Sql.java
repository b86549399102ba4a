package dev.millrace.assets;

/**
 * An asset as a query of the warehouse: nothing leaves it. Put inputs in by their text: {@code Sql.of("select customer,
 * count(*) as orders from " + rawOrders + " group by 1")}.
 *
 * @param text one {@code select}
 */
public record Sql(String text) {
    public static Sql of(String text) {
        return new Sql(text);
    }
}
