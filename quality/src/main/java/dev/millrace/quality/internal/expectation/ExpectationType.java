package dev.millrace.quality.internal.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of expectation, as Great Expectations names it.
 *
 * @param words what it says, for people: {@code {column}} stands for an argument, and a part in brackets is left out
 *     when one of its arguments is not given
 * @param kwargs the arguments it takes besides those that all take
 */
public record ExpectationType(String name, String words, List<String> kwargs, Function<Kwargs, Expectation> factory) {
    private static final List<String> COMMON = List.of(
            "row_condition",
            "condition_parser",
            "result_format",
            "include_config",
            "catch_exceptions",
            "batch_id",
            "meta",
            "auto",
            "profiler_config");

    public ExpectationType {
        kwargs = List.copyOf(kwargs);
    }

    /** Makes the expectation, having checked its arguments. */
    public Expectation make(Kwargs given) {
        List<String> known = new ArrayList<>(kwargs);
        known.addAll(COMMON);
        given.map().allowOnly(known);
        return factory.apply(given);
    }
}
