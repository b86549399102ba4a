package dev.millrace.activate.internal.salesforce;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.SyncMode;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Departure;
import dev.millrace.activate.internal.destination.Encoded;
import dev.millrace.activate.internal.destination.Item;
import dev.millrace.activate.internal.destination.Outcome;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.salesforce.FieldDescription;
import dev.millrace.salesforce.ObjectDescription;
import dev.millrace.salesforce.RecordError;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceException;
import dev.millrace.salesforce.SaveResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes records of one object, in collections with an outcome per record. */
final class SalesforceDelivery implements Delivery {
    /** What Salesforce says of a record that is to be deleted and is not there. */
    private static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND");

    private final SalesforceClient client;
    private final ObjectDescription object;
    private final ObjectFields fields;
    private final SyncMode mode;
    private final RecordIds ids;

    SalesforceDelivery(SalesforceClient client, ObjectDescription object, ObjectFields fields, SyncMode mode) {
        this.client = client;
        this.object = object;
        this.fields = fields;
        this.mode = mode;
        this.ids = new RecordIds(client, object.name(), fields.keyField());
    }

    @Override
    public List<MappedField> keys() {
        return List.of(fields.key());
    }

    @Override
    public Encoded encode(List<@Nullable Object> values) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        Optional<Rejection> problem = Optional.empty();
        for (int i = 0; i < values.size(); i++) {
            FieldDescription field = fields.fields().get(i);
            Object value = values.get(i);
            try {
                record.set(field.name(), FieldValues.encode(field.type(), value));
            } catch (FieldValues.UnfitValueException e) {
                record.put(field.name(), String.valueOf(value));
                problem = problem.or(() -> Optional.of(new Rejection(
                        "VALUE_NOT_CONVERTIBLE", field.name() + ": " + e.getMessage(), List.of(field.name()))));
            }
        }
        return new Encoded(record, problem);
    }

    @Override
    public List<Outcome> deliver(List<Item> items) {
        List<ObjectNode> records = items.stream().map(Item::record).toList();
        return asDestination(() -> switch (mode) {
            case UPSERT, MIRROR ->
                fields.keyIsId()
                        ? outcomes(client.update(object.name(), records))
                        : outcomes(
                                client.upsert(object.name(), fields.keyField().name(), records));
            case UPDATE -> fields.keyIsId() ? outcomes(client.update(object.name(), records)) : update(records);
            case INSERT -> insert(records);
        });
    }

    private List<Outcome> update(List<ObjectNode> records) {
        String key = fields.keyField().name();
        List<Optional<String>> known = ids.find(records);
        List<ObjectNode> sent = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (known.get(i).isPresent()) {
                ObjectNode record = records.get(i).deepCopy();
                record.remove(key);
                sent.add(record.put("Id", known.get(i).get()));
            }
        }
        List<Outcome> results = outcomes(client.update(object.name(), sent));
        List<Outcome> all = new ArrayList<>(records.size());
        int next = 0;
        for (int i = 0; i < records.size(); i++) {
            all.add(
                    known.get(i).isPresent()
                            ? results.get(next++)
                            : new Outcome.Refused(new Rejection(
                                    "RECORD_NOT_FOUND",
                                    "no " + object.name() + " has " + key + " = "
                                            + records.get(i).get(key),
                                    List.of(key))));
        }
        return all;
    }

    /** Creates what is not there. Looking first makes it safe to repeat after a crash. */
    private List<Outcome> insert(List<ObjectNode> records) {
        List<Optional<String>> known = ids.find(records);
        List<ObjectNode> sent = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (known.get(i).isEmpty()) {
                sent.add(records.get(i));
            }
        }
        List<Outcome> results = outcomes(client.create(object.name(), sent));
        List<Outcome> all = new ArrayList<>(records.size());
        int next = 0;
        for (Optional<String> id : known) {
            all.add(id.isPresent() ? new Outcome.Accepted(id.get()) : results.get(next++));
        }
        return all;
    }

    @Override
    public List<Outcome> delete(List<Departure> records) {
        List<String> recordIds = records.stream().map(Departure::id).toList();
        return asDestination(() -> {
            List<SaveResult> results = client.delete(recordIds);
            List<Outcome> all = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                boolean gone = results.get(i).errors().stream().anyMatch(error -> GONE.contains(error.statusCode()));
                all.add(gone ? new Outcome.Accepted(recordIds.get(i)) : outcome(results.get(i)));
            }
            return all;
        });
    }

    private static List<Outcome> outcomes(List<SaveResult> results) {
        return results.stream().map(SalesforceDelivery::outcome).toList();
    }

    private static Outcome outcome(SaveResult result) {
        if (result.success()) {
            return new Outcome.Accepted(result.id().orElse(""));
        }
        RecordError first = result.errors().isEmpty()
                ? new RecordError("UNKNOWN", "Salesforce gave no reason", List.of())
                : result.errors().get(0);
        String message = result.errors().size() < 2
                ? first.message()
                : String.join(
                        "; ",
                        result.errors().stream()
                                .map(error -> error.statusCode() + ": " + error.message())
                                .toList());
        List<String> named = result.errors().stream()
                .flatMap(error -> error.fields().stream())
                .distinct()
                .toList();
        return new Outcome.Refused(new Rejection(first.statusCode(), message, named));
    }

    private static List<Outcome> asDestination(Supplier<List<Outcome>> request) {
        try {
            return request.get();
        } catch (SalesforceException e) {
            throw SalesforceDestination.asDestination(e);
        }
    }
}
