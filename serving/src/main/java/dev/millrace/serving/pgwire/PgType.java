package dev.millrace.serving.pgwire;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type of PostgreSQL.
 *
 * @param oid its number
 * @param array the number of the array of it; 0 for none
 * @param length of a value in bytes; -1 if it varies
 * @param duckdb what a parameter of it is cast to; empty to leave that to the query
 */
record PgType(int oid, int array, int length, String duckdb) {
    static final PgType BOOL = new PgType(16, 1000, 1, "BOOLEAN");
    static final PgType BYTEA = new PgType(17, 1001, -1, "BLOB");
    static final PgType INT8 = new PgType(20, 1016, 8, "BIGINT");
    static final PgType INT2 = new PgType(21, 1005, 2, "SMALLINT");
    static final PgType INT4 = new PgType(23, 1007, 4, "INTEGER");
    static final PgType TEXT = new PgType(25, 1009, -1, "");
    static final PgType JSON = new PgType(114, 199, -1, "JSON");
    static final PgType FLOAT4 = new PgType(700, 1021, 4, "FLOAT");
    static final PgType FLOAT8 = new PgType(701, 1022, 8, "DOUBLE");
    static final PgType VARCHAR = new PgType(1043, 1015, -1, "");
    static final PgType DATE = new PgType(1082, 1182, 4, "DATE");
    static final PgType TIME = new PgType(1083, 1183, 8, "TIME");
    static final PgType TIMESTAMP = new PgType(1114, 1115, 8, "TIMESTAMP");
    static final PgType TIMESTAMPTZ = new PgType(1184, 1185, 8, "TIMESTAMPTZ");
    static final PgType NUMERIC = new PgType(1700, 1231, -1, "");
    static final PgType UUID = new PgType(2950, 2951, 16, "UUID");

    private static final PgType[] KNOWN = {
        BOOL,
        BYTEA,
        INT8,
        INT2,
        INT4,
        TEXT,
        JSON,
        FLOAT4,
        FLOAT8,
        VARCHAR,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMPTZ,
        NUMERIC,
        UUID
    };
    private static final Map<String, PgType> BY_NAME = Map.ofEntries(
            Map.entry("BOOLEAN", BOOL),
            Map.entry("TINYINT", INT2),
            Map.entry("UTINYINT", INT2),
            Map.entry("SMALLINT", INT2),
            Map.entry("USMALLINT", INT4),
            Map.entry("INTEGER", INT4),
            Map.entry("UINTEGER", INT8),
            Map.entry("BIGINT", INT8),
            Map.entry("UBIGINT", NUMERIC),
            Map.entry("HUGEINT", NUMERIC),
            Map.entry("FLOAT", FLOAT4),
            Map.entry("DOUBLE", FLOAT8),
            Map.entry("BLOB", BYTEA),
            Map.entry("DATE", DATE),
            Map.entry("TIME", TIME),
            Map.entry("TIMESTAMP", TIMESTAMP),
            Map.entry("TIMESTAMP_S", TIMESTAMP),
            Map.entry("TIMESTAMP_MS", TIMESTAMP),
            Map.entry("TIMESTAMP_NS", TIMESTAMP),
            Map.entry("TIMESTAMP WITH TIME ZONE", TIMESTAMPTZ),
            Map.entry("UUID", UUID),
            Map.entry("JSON", JSON));
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
    private static final int MODIFIER_OFFSET = 4;

    /** The element type of what DuckDB calls {@code name}, if that is a list of a type that is not nested. */
    static @Nullable PgType elementOf(String name) {
        if (!name.endsWith("]")) {
            return null;
        }
        String element = name.substring(0, name.lastIndexOf('['));
        return element.endsWith("]") || isNested(element) ? null : of(element);
    }

    /** The type of what DuckDB calls {@code name}; JSON for what is nested, text for what has no counterpart. */
    static PgType of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        PgType element = elementOf(upper);
        if (element != null) {
            return new PgType(element.array, 0, -1, "");
        }
        if (upper.startsWith("DECIMAL")) {
            return NUMERIC;
        }
        return isNested(upper) ? JSON : BY_NAME.getOrDefault(upper, TEXT);
    }

    private static boolean isNested(String upper) {
        return upper.endsWith("]")
                || upper.startsWith("STRUCT(")
                || upper.startsWith("MAP(")
                || upper.startsWith("UNION(")
                || upper.equals("VARIANT");
    }

    /** Precision and scale of a decimal as PostgreSQL packs them; -1 for everything else. */
    static int modifier(String name) {
        Matcher decimal = DECIMAL.matcher(name.toUpperCase(Locale.ROOT));
        return decimal.matches()
                ? (Integer.parseInt(decimal.group(1)) << 16 | Integer.parseInt(decimal.group(2))) + MODIFIER_OFFSET
                : -1;
    }

    static @Nullable PgType withOid(int oid) {
        for (PgType type : KNOWN) {
            if (type.oid == oid) {
                return type;
            }
        }
        return null;
    }

    static @Nullable PgType withArray(int oid) {
        for (PgType type : KNOWN) {
            if (type.array == oid) {
                return type;
            }
        }
        return null;
    }
}
