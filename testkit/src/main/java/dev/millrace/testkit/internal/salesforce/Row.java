package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One state of one record.
 *
 * @param values by the field's exact name; a field without a value is absent
 */
record Row(String id, Map<String, Object> values, Instant created, Instant modified, boolean deleted) {
    Row {
        values = Map.copyOf(values);
    }

    @Nullable
    Object value(SalesforceField field) {
        return switch (field.name()) {
            case ObjectSchema.ID -> id;
            case ObjectSchema.IS_DELETED -> deleted;
            case ObjectSchema.CREATED -> created;
            case ObjectSchema.MODIFIED, ObjectSchema.STAMP -> modified;
            default -> values.get(field.name());
        };
    }
}
