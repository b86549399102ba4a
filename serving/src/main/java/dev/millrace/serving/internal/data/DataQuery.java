package dev.millrace.serving.internal.data;

import java.util.List;
import java.util.Optional;

/**
 * What a request asks for, every name in it known.
 *
 * @param outputs the columns of the answer in order
 * @param filters all must hold
 * @param limit rows at most; {@link Long#MAX_VALUE} for all
 */
public record DataQuery(
        List<Output> outputs,
        List<Filter> filters,
        List<Order> orders,
        long limit,
        long offset,
        Optional<String> format) {
    public DataQuery {
        outputs = List.copyOf(outputs);
        filters = List.copyOf(filters);
        orders = List.copyOf(orders);
    }

    /**
     * A column of the answer.
     *
     * @param column of the relation; empty to count rows
     * @param aggregate {@code sum}, {@code count} …; empty for the value itself
     */
    record Output(String name, Optional<String> column, Optional<String> aggregate) {}

    /** @param direction as SQL writes it: {@code asc}, {@code desc nulls last} … */
    record Order(String name, String direction) {}

    boolean aggregates() {
        return outputs.stream().anyMatch(output -> output.aggregate().isPresent());
    }
}
