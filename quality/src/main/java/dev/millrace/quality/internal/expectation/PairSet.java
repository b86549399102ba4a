package dev.millrace.quality.internal.expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pairs of values that two columns may hold. */
final class PairSet {
    private PairSet() {}

    static String notIn(TableColumn a, TableColumn b, List<List<Value>> pairs) {
        List<String> allowed = new ArrayList<>();
        for (List<Value> pair : pairs) {
            Optional<String> left = a.literal(pair.get(0));
            Optional<String> right = b.literal(pair.get(1));
            if (left.isPresent() && right.isPresent()) {
                allowed.add("(" + a.sql() + " = " + left.get() + " and " + b.sql() + " = " + right.get() + ")");
            }
        }
        return allowed.isEmpty() ? "true" : "not (" + String.join(" or ", allowed) + ")";
    }
}
