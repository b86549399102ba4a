package dev.millrace.testkit.internal.salesforce;

import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** An object's records, and where to find them by external id. Guarded by the store's lock. */
final class Table {
    private final ObjectSchema schema;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, Map<String, TreeSet<String>>> idsByKey = new HashMap<>();
    private long lastNumber;

    Table(ObjectSchema schema) {
        this.schema = schema;
        for (SalesforceField field : schema.fields()) {
            if (field.is(Trait.EXTERNAL_ID) || field.is(Trait.UNIQUE)) {
                idsByKey.put(field.name(), new HashMap<>());
            }
        }
    }

    ObjectSchema schema() {
        return schema;
    }

    String newId() {
        String id;
        do {
            id = SalesforceId.of(schema.keyPrefix(), ++lastNumber);
        } while (rows.containsKey(id));
        return id;
    }

    /** All, deleted ones too, by id. */
    Collection<Row> rows() {
        return rows.values();
    }

    Optional<Row> row(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** The live records with this value, whatever its case. */
    List<String> idsWith(SalesforceField field, Object value) {
        return List.copyOf(idsByKey.getOrDefault(field.name(), Map.of()).getOrDefault(key(value), new TreeSet<>()));
    }

    void put(Row row) {
        Row before = rows.put(row.id(), row);
        if (before != null) {
            unindex(before);
        }
        if (!row.deleted()) {
            idsByKey.forEach((name, ids) -> {
                Object value = row.values().get(name);
                if (value != null) {
                    ids.computeIfAbsent(key(value), any -> new TreeSet<>()).add(row.id());
                }
            });
        }
    }

    void remove(String id) {
        Row before = rows.remove(id);
        if (before != null) {
            unindex(before);
        }
    }

    private void unindex(Row row) {
        idsByKey.forEach((name, ids) -> {
            Object value = row.values().get(name);
            if (value != null) {
                ids.computeIfPresent(key(value), (key, found) -> {
                    found.remove(row.id());
                    return found.isEmpty() ? null : found;
                });
            }
        });
    }

    private static String key(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }
}
