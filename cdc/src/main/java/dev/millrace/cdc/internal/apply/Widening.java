package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;

/**
 * Which changes of a column's type leave its values what they are. A change to or from a text needs or may have an
 * expression ({@code USING}) that makes other values, and no log tells which: it is none of these.
 */
final class Widening {
    private static final Decimal WHOLE = new Decimal(19, 0);

    private Widening() {}

    /** Whether every value of {@code type} is one of {@code into}, too. */
    static boolean fits(DataType type, DataType into) {
        if (type.equals(into)) {
            return true;
        }
        if (into instanceof Decimal wide) {
            Decimal narrow = type instanceof Decimal decimal ? decimal : type == Simple.INT64 ? WHOLE : null;
            return narrow != null
                    && wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
        }
        return type == Simple.DATE && into == Simple.TIMESTAMP;
    }

    /** Whether what is {@code before} can hold all of {@code now}, and rows that were there kept their values. */
    static boolean holds(DataType before, DataType now) {
        return before instanceof Decimal old
                && now instanceof Decimal fresh
                && fresh.scale() == old.scale()
                && fresh.precision() <= old.precision();
    }
}
