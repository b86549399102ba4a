package dev.millrace.cdc.internal.apply;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;

/** Which changes of a column's type leave its values what they are. */
final class Widening {
    private static final Decimal WHOLE = new Decimal(19, 0);

    private Widening() {}

    /** Whether every value of {@code type} is one of {@code into}, too. */
    static boolean fits(DataType type, DataType into) {
        if (type.equals(into)) {
            return true;
        }
        if (into == Simple.TEXT) {
            // A boolean, a float or a time has not one text only: the source's would differ from the warehouse's.
            return type == Simple.INT64 || type == Simple.UUID || type instanceof Decimal || type == Simple.DATE;
        }
        if (into instanceof Decimal wide) {
            Decimal narrow = type instanceof Decimal decimal ? decimal : type == Simple.INT64 ? WHOLE : null;
            return narrow != null
                    && wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
        }
        return type == Simple.DATE && into == Simple.TIMESTAMP;
    }

    /** Whether a source that made this of a column has changed the values of its rows, which no log tells. */
    static boolean rounds(DataType before, DataType now) {
        return before instanceof Decimal old
                && (now == Simple.INT64 || (now instanceof Decimal fresh && fresh.scale() < old.scale()));
    }
}
