package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceField.Trait;
import dev.millrace.testkit.internal.salesforce.RecordWriter.Written;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** {@code sobjects}: the list of objects, an object's description, and single records by id or external id. */
final class RecordEndpoint {
    private final Store store;
    private final RecordWriter writer;

    RecordEndpoint(Store store, RecordWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    Reply handle(Call call) {
        List<String> path = call.segments();
        if (path.size() == 1) {
            return Reply.ok(Describe.global(call, store.tables()));
        }
        Table table = store.table(path.get(1)).orElseThrow(ApiException::notFound);
        if (path.size() == 2) {
            return switch (call.method()) {
                case "GET" -> Reply.ok(Describe.basic(call, table.schema()));
                case "POST" -> saved(201, writer.create(table, call.jsonBody()), false);
                default -> throw call.methodNotAllowed("GET,HEAD,POST");
            };
        }
        if (path.size() == 3 && path.get(2).equals("describe")) {
            return Reply.ok(Describe.full(call, table.schema()));
        }
        if (path.size() == 3) {
            return byId(call, table, path.get(2));
        }
        if (path.size() == 4) {
            return byExternalId(call, table, path.get(2), path.get(3));
        }
        throw ApiException.notFound();
    }

    private Reply byId(Call call, Table table, String id) {
        switch (call.method()) {
            case "GET" -> {
                Row row = SalesforceId.canonical(id)
                        .flatMap(table::row)
                        .filter(found -> !found.deleted())
                        .orElseThrow(ApiException::notFound);
                return record(call, table, row);
            }
            case "PATCH" -> {
                writer.update(table, id, call.jsonBody());
                return Reply.noContent(1);
            }
            case "DELETE" -> {
                writer.delete(table, id);
                return Reply.noContent(1);
            }
            default -> throw call.methodNotAllowed("DELETE,GET,HEAD,PATCH");
        }
    }

    private Reply byExternalId(Call call, Table table, String keyName, String value) {
        SalesforceField key = table.schema()
                .field(keyName)
                .filter(field -> field.is(Trait.EXTERNAL_ID))
                .orElseThrow(() -> new ApiException(
                        404,
                        "NOT_FOUND",
                        "Provided external ID field does not exist or is not accessible: " + keyName));
        if (call.method().equals("PATCH")) {
            Written written = writer.upsert(table, key, TextNode.valueOf(value), call.jsonBody());
            return saved(written.created() ? 201 : 200, written, true);
        }
        List<String> ids = table.idsWith(key, value);
        if (ids.isEmpty()) {
            throw ApiException.notFound();
        }
        return byId(call, table, ids.get(0));
    }

    private static Reply saved(int status, Written written, boolean showCreated) {
        ObjectNode body = Json.object().put("id", written.id()).put("success", true);
        body.putArray("errors");
        if (showCreated) {
            body.put("created", written.created());
        }
        return new Reply(status, body, 1);
    }

    private static Reply record(Call call, Table table, Row row) {
        Collection<SalesforceField> fields = call.parameter("fields")
                .map(names -> Arrays.stream(names.split(","))
                        .map(name -> table.schema()
                                .field(name)
                                .orElseThrow(() -> new ApiException(
                                        400,
                                        "INVALID_FIELD",
                                        "No such column '" + name + "' on sobject of type "
                                                + table.schema().name())))
                        .toList())
                .map(named -> (Collection<SalesforceField>) named)
                .orElseGet(table.schema()::fields);
        return new Reply(200, QueryEndpoint.record(call, table.schema(), fields, row), 1);
    }
}
