package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import dev.millrace.testkit.SalesforceType;
import dev.millrace.testkit.internal.salesforce.RecordWriter.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code composite/sobjects}: up to 200 records in one request, each with its own result. */
final class CollectionsEndpoint {
    private static final int MAX_RECORDS = 200;

    private final Store store;
    private final RecordWriter writer;

    CollectionsEndpoint(Store store, RecordWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /** What became of one record. */
    private record Outcome(
            @Nullable Written written, @Nullable ApiError error) {}

    Reply handle(Call call) {
        List<String> path = call.segments();
        if (path.size() == 4) {
            if (!call.method().equals("PATCH")) {
                throw call.methodNotAllowed("PATCH");
            }
            return upsert(call, path.get(2), path.get(3));
        }
        if (path.size() != 2) {
            throw ApiException.notFound();
        }
        return switch (call.method()) {
            case "POST" -> each(call, false, record -> writer.create(tableOf(record), without(record)));
            case "PATCH" -> each(call, false, this::update);
            case "DELETE" -> delete(call);
            default -> throw call.methodNotAllowed("DELETE,GET,HEAD,PATCH,POST");
        };
    }

    private Reply upsert(Call call, String object, String keyName) {
        Table table = store.table(object).orElseThrow(ApiException::notFound);
        SalesforceField key = table.schema()
                .field(keyName)
                .orElseThrow(() -> new ApiException(
                        404,
                        "NOT_FOUND",
                        "Provided external ID field does not exist or is not accessible: " + keyName));
        if (!key.is(Trait.EXTERNAL_ID) && key.type() != SalesforceType.ID) {
            throw new ApiException(
                    400,
                    "INVALID_FIELD",
                    "Field name provided, " + keyName
                            + " does not match an External ID, Salesforce Id, or indexed field" + " for "
                            + table.schema().name());
        }
        Set<String> seen = new HashSet<>();
        return each(call, true, record -> {
            if (tableOf(record) != table) {
                throw new ApiException(
                        400,
                        "INVALID_TYPE",
                        "The record's type is not " + table.schema().name());
            }
            JsonNode value = valueOf(record, key.name()).orElseThrow(() -> RecordWriter.missingKey(key));
            if (!seen.add(value.asText().toLowerCase(Locale.ROOT))) {
                throw new ApiException(
                        400,
                        ApiError.of(
                                "DUPLICATE_VALUE", "Duplicate external id specified: " + value.asText(), key.name()));
            }
            return writer.upsert(table, key, value, without(record, key.name()));
        });
    }

    private Written update(ObjectNode record) {
        String id = valueOf(record, ObjectSchema.ID)
                .map(JsonNode::asText)
                .orElseThrow(() -> new ApiException(
                        400, ApiError.of("MISSING_ARGUMENT", "Id not specified in an update call", ObjectSchema.ID)));
        return writer.update(tableOf(record), id, without(record, ObjectSchema.ID));
    }

    private Reply delete(Call call) {
        List<String> ids = Arrays.asList(call.parameter("ids").orElse("").split(","));
        refuseTooMany(ids.size());
        boolean allOrNone = call.parameter("allOrNone").map(Boolean::valueOf).orElse(false);
        return results(false, allOrNone, ids, id -> {
            Table table = store.tables().stream()
                    .filter(known -> id.startsWith(known.schema().keyPrefix()))
                    .findFirst()
                    .orElseThrow(() ->
                            new ApiException(400, ApiError.of("MALFORMED_ID", "malformed id " + id, ObjectSchema.ID)));
            writer.delete(table, id);
            return new Written(SalesforceId.canonical(id).orElse(id), false);
        });
    }

    private Reply each(Call call, boolean showCreated, Function<ObjectNode, Written> work) {
        ObjectNode body = call.jsonBody();
        if (!(body.get("records") instanceof ArrayNode given)) {
            throw new ApiException(400, "JSON_PARSER_ERROR", "The request must have a list of records");
        }
        refuseTooMany(given.size());
        List<ObjectNode> records = new ArrayList<>();
        for (JsonNode record : given) {
            if (!(record instanceof ObjectNode object)) {
                throw new ApiException(400, "JSON_PARSER_ERROR", "Each record must be an object");
            }
            records.add(object);
        }
        return results(showCreated, body.path("allOrNone").asBoolean(), records, work);
    }

    private <T> Reply results(boolean showCreated, boolean allOrNone, List<T> records, Function<T, Written> work) {
        int start = store.savepoint();
        List<Outcome> outcomes = new ArrayList<>();
        for (T record : records) {
            int before = store.savepoint();
            try {
                outcomes.add(new Outcome(work.apply(record), null));
            } catch (ApiException e) {
                store.rollbackTo(before);
                outcomes.add(new Outcome(null, e.error()));
            }
        }
        if (allOrNone && outcomes.stream().anyMatch(outcome -> outcome.error() != null)) {
            store.rollbackTo(start);
            ApiError rolledBack = ApiError.of(
                    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                    "Record rolled back because not all records were valid and the request was using AllOrNone header");
            outcomes.replaceAll(outcome -> outcome.error() == null ? new Outcome(null, rolledBack) : outcome);
        }
        ArrayNode results = Json.array();
        for (Outcome outcome : outcomes) {
            results.add(result(outcome, showCreated));
        }
        return new Reply(200, results, records.size());
    }

    private static ObjectNode result(Outcome outcome, boolean showCreated) {
        ObjectNode result = Json.object();
        Written written = outcome.written();
        if (written != null) {
            result.put("id", written.id());
        }
        result.put("success", written != null);
        ArrayNode errors = result.putArray("errors");
        if (outcome.error() != null) {
            errors.add(outcome.error().toRecordError());
        }
        if (showCreated) {
            result.put("created", written != null && written.created());
        }
        return result;
    }

    private Table tableOf(ObjectNode record) {
        String type = record.path("attributes").path("type").asText();
        return store.table(type)
                .orElseThrow(
                        () -> new ApiException(400, "INVALID_TYPE", "sObject type '" + type + "' is not supported."));
    }

    private static Optional<JsonNode> valueOf(ObjectNode record, String field) {
        return record.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(field))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isNull() && !value.asText().isEmpty())
                .findFirst();
    }

    private static ObjectNode without(ObjectNode record, String... fields) {
        ObjectNode rest = record.deepCopy();
        List<String> drop = new ArrayList<>(List.of("attributes"));
        for (String field : fields) {
            record.fieldNames().forEachRemaining(name -> {
                if (name.equalsIgnoreCase(field)) {
                    drop.add(name);
                }
            });
        }
        rest.remove(drop);
        return rest;
    }

    private static void refuseTooMany(int count) {
        if (count > MAX_RECORDS) {
            throw new ApiException(
                    400,
                    "EXCEEDED_ID_LIMIT",
                    "record limit reached. cannot submit more than " + MAX_RECORDS + " records into this call");
        }
    }
}
