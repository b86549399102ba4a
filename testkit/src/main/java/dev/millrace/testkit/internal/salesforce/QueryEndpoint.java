package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.internal.salesforce.soql.Parser;
import dev.millrace.testkit.internal.salesforce.soql.Query;
import dev.millrace.testkit.internal.salesforce.soql.SoqlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code query} and {@code queryAll}: results in pages, as they were when the query ran. Guarded by the store's lock.
 */
final class QueryEndpoint {
    private static final int MAX_PAGE = 2_000;
    private static final int MIN_PAGE = 200;
    private static final int MAX_OPEN = 50;
    private static final Pattern BATCH_SIZE = Pattern.compile("(?i).*batchSize\\s*=\\s*(\\d+).*");

    private final Store store;
    private final Map<String, Cursor> open = new LinkedHashMap<>();
    private long lastCursor;

    QueryEndpoint(Store store) {
        this.store = store;
    }

    private record Cursor(ObjectSchema schema, List<SalesforceField> fields, List<Row> rows, int pageSize) {}

    Reply handle(Call call) {
        if (!call.method().equals("GET")) {
            throw call.methodNotAllowed("GET");
        }
        if (call.segments().size() == 2) {
            return next(call, call.segments().get(1));
        }
        String soql = call.parameter("q")
                .orElseThrow(() -> new ApiException(400, "MALFORMED_QUERY", "A query string has to be specified"));
        try {
            return run(call, Parser.parse(soql));
        } catch (SoqlException e) {
            throw new ApiException(400, e.code(), "\n" + soql + "\n" + e.text());
        }
    }

    private Reply run(Call call, Query query) {
        Table table = store.table(query.object())
                .orElseThrow(() -> new SoqlException(
                        "INVALID_TYPE",
                        "sObject type '" + query.object() + "' is not supported. If you are attempting to use a custom"
                                + " object, be sure to append the '__c' after the entity name."));
        QueryScope scope = new QueryScope(table);
        List<SalesforceField> fields = scope.selected(query);
        List<Row> rows = scope.rows(query, call.segments().get(0).equalsIgnoreCase("queryAll"));
        if (query.fields().isEmpty()) {
            ObjectNode count = Json.object().put("totalSize", rows.size()).put("done", true);
            count.putArray("records");
            return Reply.ok(count);
        }
        String options = call.header().apply("Sforce-Query-Options");
        Matcher batchSize = BATCH_SIZE.matcher(options);
        int pageSize = batchSize.matches()
                ? Math.min(MAX_PAGE, Math.max(MIN_PAGE, Integer.parseInt(batchSize.group(1))))
                : MAX_PAGE;
        Cursor cursor = new Cursor(table.schema(), fields, rows, pageSize);
        String locator = String.format("01g5g0%012d", ++lastCursor);
        if (rows.size() > pageSize) {
            open.put(locator, cursor);
            if (open.size() > MAX_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
        }
        return page(call, cursor, locator, 0);
    }

    private Reply next(Call call, String locatorAndOffset) {
        int dash = locatorAndOffset.lastIndexOf('-');
        String locator = dash < 0 ? locatorAndOffset : locatorAndOffset.substring(0, dash);
        Cursor cursor = open.get(locator);
        if (cursor == null || !locatorAndOffset.substring(dash + 1).matches("\\d{1,9}")) {
            throw new ApiException(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        }
        return page(call, cursor, locator, Integer.parseInt(locatorAndOffset.substring(dash + 1)));
    }

    private static Reply page(Call call, Cursor cursor, String locator, int from) {
        int to = Math.min(cursor.rows().size(), from + cursor.pageSize());
        boolean done = to == cursor.rows().size();
        ObjectNode page = Json.object().put("totalSize", cursor.rows().size()).put("done", done);
        if (!done) {
            page.put("nextRecordsUrl", call.url("query/" + locator + "-" + to));
        }
        ArrayNode records = page.putArray("records");
        for (Row row : cursor.rows().subList(Math.min(from, to), to)) {
            records.add(record(call, cursor.schema(), cursor.fields(), row));
        }
        return new Reply(200, page, records.size());
    }

    static ObjectNode record(Call call, ObjectSchema schema, Iterable<SalesforceField> fields, Row row) {
        ObjectNode record = Json.object();
        record.putObject("attributes")
                .put("type", schema.name())
                .put("url", call.url("sobjects/" + schema.name() + "/" + row.id()));
        for (SalesforceField field : fields) {
            record.set(field.name(), FieldValues.toJson(field, row.value(field)));
        }
        return record;
    }
}
