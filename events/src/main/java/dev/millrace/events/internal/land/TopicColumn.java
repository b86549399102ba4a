package dev.millrace.events.internal.land;

import dev.millrace.warehouse.DataType;

/**
 * A column made of a field of the messages.
 *
 * @param field the name in the messages
 * @param column the name in the table
 * @param declared whether the project says its type, so that it never changes by itself
 */
public record TopicColumn(String field, String column, DataType type, boolean declared) {
    TopicColumn as(DataType other) {
        return new TopicColumn(field, column, other, declared);
    }
}
