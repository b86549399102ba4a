package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import dev.millrace.testkit.SalesforceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates, changes and deletes single records by Salesforce's rules. A write always moves SystemModstamp, even if no
 * value changes. Errors are {@link ApiException}s with the status that a request for this one record would get.
 */
final class RecordWriter {
    private final Store store;

    RecordWriter(Store store) {
        this.store = store;
    }

    /** The record that was written, and whether it is new. */
    record Written(String id, boolean created) {}

    Written create(Table table, ObjectNode fields) {
        Map<String, Object> values = new HashMap<>();
        table.schema().fields().stream()
                .filter(field -> field.type() == SalesforceType.BOOLEAN && !field.is(Trait.READ_ONLY))
                .forEach(field -> values.put(field.name(), false));
        merge(table, fields, values);
        Instant now = store.now();
        return save(table, new Row(table.newId(), values, now, now, false), true);
    }

    Written update(Table table, String id, ObjectNode fields) {
        Row before = live(table, id);
        Map<String, Object> values = new HashMap<>(before.values());
        merge(table, fields, values);
        return save(table, new Row(before.id(), values, before.created(), store.now(), false), false);
    }

    /** Updates the record with this external id, or creates it. {@code key} may be the Id field: then it must exist. */
    Written upsert(Table table, SalesforceField key, JsonNode keyValue, ObjectNode fields) {
        if (key.type() == SalesforceType.ID) {
            return update(table, keyValue.asText(), fields);
        }
        Object value = FieldValues.parse(key, keyValue).orElseThrow(() -> missingKey(key));
        List<String> found = table.idsWith(key, value);
        if (found.size() > 1) {
            throw new ApiException(
                    300,
                    ApiError.of(
                            "DUPLICATE_EXTERNAL_ID",
                            key.name() + ": more than one record found for external id field: " + found,
                            key.name()));
        }
        if (found.size() == 1) {
            return update(table, found.get(0), fields);
        }
        ObjectNode withKey = fields.deepCopy();
        withKey.set(key.name(), keyValue);
        return create(table, withKey);
    }

    void delete(Table table, String id) {
        Row row = live(table, id);
        store.write(table, new Row(row.id(), row.values(), row.created(), store.now(), true));
    }

    static ApiException missingKey(SalesforceField key) {
        return new ApiException(400, ApiError.of("MISSING_ARGUMENT", key.name() + " not specified", key.name()));
    }

    private static Row live(Table table, String id) {
        String canonical = SalesforceId.canonical(id)
                .filter(known -> known.startsWith(table.schema().keyPrefix()))
                .orElseThrow(() -> new ApiException(
                        400,
                        ApiError.of(
                                "MALFORMED_ID",
                                table.schema().name() + " ID: id value of incorrect type: " + id,
                                ObjectSchema.ID)));
        Row row = table.row(canonical)
                .orElseThrow(() -> new ApiException(
                        404, ApiError.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")));
        if (row.deleted()) {
            throw new ApiException(404, ApiError.of("ENTITY_IS_DELETED", "entity is deleted"));
        }
        return row;
    }

    private static void merge(Table table, ObjectNode fields, Map<String, Object> values) {
        List<String> readOnly = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (entry.getKey().equals("attributes")) {
                continue;
            }
            SalesforceField field = table.schema()
                    .field(entry.getKey())
                    .orElseThrow(() -> new ApiException(
                            400,
                            "INVALID_FIELD",
                            "No such column '" + entry.getKey() + "' on sobject of type "
                                    + table.schema().name()));
            if (field.is(Trait.READ_ONLY)) {
                readOnly.add(field.name());
                continue;
            }
            Optional<Object> value = FieldValues.parse(field, entry.getValue());
            if (value.isPresent()) {
                values.put(field.name(), value.get());
            } else {
                values.remove(field.name());
            }
        }
        if (!readOnly.isEmpty()) {
            throw new ApiException(
                    400,
                    new ApiError(
                            "INVALID_FIELD_FOR_INSERT_UPDATE",
                            "Unable to create/update fields: " + String.join(", ", readOnly)
                                    + ". Please check the security settings of this field and verify that it is"
                                    + " read/write for your profile or permission set.",
                            readOnly));
        }
    }

    private Written save(Table table, Row row, boolean created) {
        Map<String, Object> values = new HashMap<>(row.values());
        List<String> missing = table.schema().fields().stream()
                .filter(field -> field.is(Trait.REQUIRED) && !values.containsKey(field.name()))
                .map(SalesforceField::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new ApiException(
                    400, new ApiError("REQUIRED_FIELD_MISSING", "Required fields are missing: " + missing, missing));
        }
        for (SalesforceField field : table.schema().fields()) {
            Object value = values.get(field.name());
            if (field.is(Trait.UNIQUE) && value != null) {
                table.idsWith(field, value).stream()
                        .filter(other -> !other.equals(row.id()))
                        .findFirst()
                        .ifPresent(other -> refuseDuplicate(field, other));
            }
        }
        if (table.schema().hasPersonName()) {
            values.put(
                    "Name",
                    Stream.of("FirstName", "LastName")
                            .filter(values::containsKey)
                            .map(part -> String.valueOf(values.get(part)))
                            .collect(Collectors.joining(" ")));
        }
        store.write(table, new Row(row.id(), values, row.created(), row.modified(), row.deleted()));
        return new Written(row.id(), created);
    }

    private static void refuseDuplicate(SalesforceField field, String otherId) {
        throw new ApiException(
                400,
                ApiError.of(
                        "DUPLICATE_VALUE",
                        "duplicate value found: " + field.name() + " duplicates value on record with id: " + otherId));
    }
}
