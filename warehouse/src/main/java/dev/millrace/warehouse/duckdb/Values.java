package dev.millrace.warehouse.duckdb;

import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBResultSet;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/** One way per column of getting a value out of a result, chosen once by the column's type. */
final class Values {
    /** Gets the value of column {@code index} of the current row. */
    @FunctionalInterface
    private interface Getter {
        @Nullable
        Object get(ResultSet row, int index) throws SQLException;
    }

    private final Getter[] getters;

    private Values(Getter[] getters) {
        this.getters = getters;
    }

    static Values of(ResultSetMetaData meta) throws SQLException {
        Getter[] getters = new Getter[meta.getColumnCount()];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = getter(meta.getColumnTypeName(i + 1));
        }
        return new Values(getters);
    }

    int columns() {
        return getters.length;
    }

    @Nullable
    Object get(ResultSet row, int index) throws SQLException {
        return getters[index].get(row, index + 1);
    }

    private static Getter getter(String type) {
        return switch (type) {
            case "VARCHAR", "JSON", "ENUM", "INTERVAL", "BIT", "BIGNUM" -> ResultSet::getString;
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                (row, i) -> row.getObject(i, LocalDateTime.class);
            case "BLOB", "GEOMETRY" -> ResultSet::getBytes;
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                (row, i) -> {
                    long value = row.getLong(i);
                    return row.wasNull() ? null : value;
                };
            case "BOOLEAN", "DOUBLE", "DATE", "UUID" -> ResultSet::getObject;
            case "TIME" -> Values::time;
            case "VARIANT" -> (row, i) -> plain(((DuckDBResultSet) row).getObject(i));
            default -> (row, i) -> plain(row.getObject(i));
        };
    }

    /** Java has no 24:00; as a text it is not lost. */
    private static @Nullable Object time(ResultSet row, int index) throws SQLException {
        try {
            return row.getObject(index);
        } catch (DateTimeException e) {
            return "24:00:00";
        }
    }

    /** The value in one of the types a {@link dev.millrace.warehouse.Table} may hold, whatever it is nested in. */
    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof OffsetDateTime instant) {
            return instant.withOffsetSameInstant(ZoneOffset.UTC);
        }
        if (value instanceof java.sql.Timestamp time) {
            return time.toLocalDateTime();
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        if (value instanceof OffsetTime || value instanceof JsonNode) {
            return value.toString();
        }
        if (value instanceof java.sql.Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        return nested(value);
    }

    private static @Nullable Object nested(@Nullable Object value) throws SQLException {
        if (value instanceof Array array) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : (Object[]) array.getArray()) {
                items.add(plain(item));
            }
            return Collections.unmodifiableList(items);
        }
        if (value instanceof DuckDBStruct struct) {
            return map(struct.getMap());
        }
        if (value instanceof Struct struct) {
            return plain(struct.getAttributes()[0]);
        }
        return value instanceof Map<?, ?> map ? map(map) : value;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> from) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : from.entrySet()) {
            map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return Collections.unmodifiableMap(map);
    }
}
