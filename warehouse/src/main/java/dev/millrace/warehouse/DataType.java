package dev.millrace.warehouse;

import java.util.List;

/** The closed set of types that move between systems. Each system documents how its own types map to these. */
public sealed interface DataType {
    /** Types without parameters. */
    enum Simple implements DataType {
        BOOL,
        INT64,
        FLOAT64,
        TEXT,
        BYTES,
        /** A day without a time zone. */
        DATE,
        /** A time of day without a time zone, to the microsecond. */
        TIME,
        /** A date and time without a time zone, to the microsecond. */
        TIMESTAMP,
        /** An instant, to the microsecond. */
        TIMESTAMPTZ,
        JSON,
        UUID
    }

    /**
     * An exact number.
     *
     * @param precision 1 to 38 digits in all
     * @param scale digits after the point, 0 to precision
     */
    record Decimal(int precision, int scale) implements DataType {
        public Decimal {
            if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
            }
        }
    }

    record ListOf(DataType element) implements DataType {}

    record Struct(List<Field> fields) implements DataType {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /** A named value of a struct or a column of a table. */
    record Field(String name, DataType type) {}
}
