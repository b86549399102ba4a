package dev.millrace.ingest.postgres;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;

/**
 * What is said of values that their column's type in the warehouse cannot hold.
 *
 * @param column {@code schema.table.column}
 * @param type in words, such as {@code decimal(12,2)}
 */
record ValueRange(String column, String type) {
    MillraceException exceeded(String value) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "the value " + value + " of " + column + " does not fit " + type,
                null,
                "Read the column as another type, under the stream in connections.yml: 'types: {"
                        + column.substring(column.lastIndexOf('.') + 1) + ": text}', or a decimal with other digits.",
                null);
    }
}
