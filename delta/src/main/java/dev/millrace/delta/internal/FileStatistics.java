package dev.millrace.delta.internal;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What DuckDB tells of a Parquet file it has written, as Delta keeps it: readers pass over files by it. */
final class FileStatistics {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendOffset("+HH:mm", "+00")
            .toFormatter(java.util.Locale.ROOT);

    private FileStatistics() {}

    /** @param columns DuckDB's {@code column_statistics} by column name in double quotes */
    static DataFileStatistics of(long rows, Map<?, ?> columns, StructType schema) {
        Map<Column, Literal> least = new HashMap<>();
        Map<Column, Literal> greatest = new HashMap<>();
        Map<Column, Long> nulls = new HashMap<>();
        for (StructField field : schema.fields()) {
            Object known = columns.get("\"" + field.getName().replace("\"", "\"\"") + "\"");
            if (!(known instanceof Map<?, ?> statistics)) {
                continue;
            }
            Column column = new Column(field.getName());
            Object nullCount = statistics.get("null_count");
            if (nullCount != null) {
                nulls.put(column, Long.parseLong(String.valueOf(nullCount)));
            }
            Literal min = literal(field.getDataType(), statistics.get("min"));
            Literal max = literal(field.getDataType(), statistics.get("max"));
            if (min != null && max != null) {
                least.put(column, min);
                greatest.put(column, max);
            }
        }
        return new DataFileStatistics(rows, least, greatest, nulls, Optional.empty());
    }

    private static @Nullable Literal literal(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value);
        text = text.startsWith("'") && text.endsWith("'") ? text.substring(1, text.length() - 1) : text;
        try {
            if (type instanceof LongType) {
                return Literal.ofLong(Long.parseLong(text));
            }
            if (type instanceof IntegerType) {
                return Literal.ofInt(Integer.parseInt(text));
            }
            if (type instanceof DateType) {
                return Literal.ofDate((int) LocalDate.parse(text).toEpochDay());
            }
            if (type instanceof TimestampType) {
                OffsetDateTime time = OffsetDateTime.parse(text, TIMESTAMP);
                return Literal.ofTimestamp(ChronoUnit.MICROS.between(DataFileStatistics.EPOCH, time));
            }
        } catch (RuntimeException unreadable) {
            // Without bounds the file is read when it might not have to be: never wrong.
            return null;
        }
        return null;
    }
}
