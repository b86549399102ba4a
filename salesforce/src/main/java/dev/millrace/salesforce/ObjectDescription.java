package dev.millrace.salesforce;

import java.util.List;
import java.util.Optional;

/** An object as Salesforce describes it, with its fields in Salesforce's order. */
public record ObjectDescription(
        String name,
        String label,
        boolean queryable,
        boolean createable,
        boolean updateable,
        List<FieldDescription> fields) {
    public ObjectDescription {
        fields = List.copyOf(fields);
    }

    /** Field names have no case in Salesforce. */
    public Optional<FieldDescription> field(String anyCase) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(anyCase))
                .findFirst();
    }
}
