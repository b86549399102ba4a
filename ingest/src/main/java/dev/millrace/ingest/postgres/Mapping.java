package dev.millrace.ingest.postgres;

import dev.millrace.warehouse.DataType;
import java.util.function.UnaryOperator;

/**
 * How values of a PostgreSQL type travel.
 *
 * @param select makes the expression that COPY sends out of the quoted column
 * @param type what they become
 * @param wire the binary form of that expression
 */
record Mapping(UnaryOperator<String> select, DataType type, Wire wire) {
    /** The binary forms that are understood. */
    enum Wire {
        BOOL,
        INT2,
        INT4,
        INT8,
        OID,
        FLOAT4,
        FLOAT8,
        NUMERIC,
        TEXT,
        JSONB,
        BYTEA,
        DATE,
        TIME,
        TIMESTAMP,
        UUID,
        /** The text of a JSON array. */
        LIST
    }

    static Mapping plain(DataType type, Wire wire) {
        return new Mapping(UnaryOperator.identity(), type, wire);
    }

    /** Sent as the text that PostgreSQL's cast makes of it. */
    static Mapping castToText() {
        return new Mapping(column -> column + "::text", DataType.Simple.TEXT, Wire.TEXT);
    }
}
