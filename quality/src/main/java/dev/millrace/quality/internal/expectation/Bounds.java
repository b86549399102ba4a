package dev.millrace.quality.internal.expectation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A range; a missing bound is open. */
record Bounds(@Nullable Value min, @Nullable Value max, boolean strictMin, boolean strictMax) {
    /** True of a value of {@code column} outside the range; false if nothing is. */
    String outside(String expression, TableColumn column) {
        List<String> parts = new ArrayList<>();
        if (min != null) {
            parts.add(expression + (strictMin ? " <= " : " < ") + column.bound(min));
        }
        if (max != null) {
            parts.add(expression + (strictMax ? " >= " : " > ") + column.bound(max));
        }
        return parts.isEmpty() ? "false" : String.join(" or ", parts);
    }

    /** The same for an expression that is a number. */
    String outside(String expression) {
        List<String> parts = new ArrayList<>();
        if (min != null) {
            parts.add(expression + (strictMin ? " <= " : " < ") + plain(min));
        }
        if (max != null) {
            parts.add(expression + (strictMax ? " >= " : " > ") + plain(max));
        }
        return parts.isEmpty() ? "false" : String.join(" or ", parts);
    }

    private static String plain(Value value) {
        return value.number().orElseThrow().toPlainString();
    }

    boolean holds(long count) {
        BigDecimal number = BigDecimal.valueOf(count);
        boolean above = min == null || number.compareTo(min.number().orElseThrow()) >= (strictMin ? 1 : 0);
        boolean below = max == null || number.compareTo(max.number().orElseThrow()) <= (strictMax ? -1 : 0);
        return above && below;
    }
}
