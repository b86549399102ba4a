package dev.millrace.warehouse;

/**
 * One column of the batch that is being filled. A reader puts exactly one value or null into each row; rows may be
 * written in any order. What a type is handed over as:
 *
 * <ul>
 *   <li>BOOL: {@link #setBoolean}
 *   <li>INT64: {@link #setLong}
 *   <li>FLOAT64: {@link #setDouble}
 *   <li>Decimal of at most 18 digits: {@link #setLong} with the unscaled value
 *   <li>DATE: {@link #setLong} with days since 1970-01-01; TIME: microseconds since midnight; TIMESTAMP and
 *       TIMESTAMPTZ: microseconds since 1970-01-01T00:00 (UTC), negative before it; {@link #POSITIVE_INFINITY} and
 *       {@link #NEGATIVE_INFINITY} for PostgreSQL's infinite dates and timestamps
 *   <li>TEXT: {@link #setUtf8}; Decimal of more digits, JSON, UUID, ListOf, Struct: {@link #setUtf8} with their text
 *       form (JSON for lists and structs)
 *   <li>BYTES: {@link #setBytes}
 * </ul>
 *
 * Not thread-safe: one thread fills one batch.
 */
public interface ColumnWriter {
    long POSITIVE_INFINITY = Long.MAX_VALUE;
    long NEGATIVE_INFINITY = -Long.MAX_VALUE;

    void setNull(int row);

    void setBoolean(int row, boolean value);

    void setLong(int row, long value);

    void setDouble(int row, double value);

    /** The bytes are copied before the call returns or, at the latest, before the batch is handed over. */
    void setUtf8(int row, byte[] buffer, int offset, int length);

    void setBytes(int row, byte[] buffer, int offset, int length);
}
