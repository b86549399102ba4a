package dev.millrace.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.salesforce.Transport.Request;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A client of Salesforce's REST API, as its REST API Developer Guide describes it. It signs in when it is first used,
 * and again when the token is no longer good. What may pass (HTTP 429, 502, 503, 504, REQUEST_LIMIT_EXCEEDED, a lost
 * connection) is tried again with growing waits, or as long as Retry-After says; but {@link #create} is not repeated
 * after a lost connection, for the records may be there.
 *
 * <p>Every method throws {@link SalesforceException} if a request fails as a whole, and a
 * {@link dev.millrace.core.MillraceException} CANCELLED after {@link #cancel} or an interrupt. Thread-safe.
 */
public final class SalesforceClient {
    /** The most records in one call of upsert, update, create or delete. */
    public static final int MAX_RECORDS = 200;

    private static final int QUERY_PAGE_RECORDS = 2_000;

    private final Transport transport;

    public SalesforceClient(SalesforceConfig config) {
        this(config, RequestListener.NONE);
    }

    public SalesforceClient(SalesforceConfig config, RequestListener listener) {
        this.transport = new Transport(config, listener);
    }

    /** The names of the organisation's queryable objects, in Salesforce's order. */
    public List<String> objects() {
        List<String> names = new ArrayList<>();
        for (JsonNode object : transport
                .send(Request.get("sobjects", "list its objects"))
                .body()
                .path("sobjects")) {
            if (object.path("queryable").asBoolean()) {
                names.add(object.path("name").asText());
            }
        }
        return names;
    }

    /** An object and its fields; STREAM_NOT_FOUND if there is no such object. */
    public ObjectDescription describe(String object) {
        return Descriptions.read(transport
                .send(Request.get("sobjects/" + encode(object) + "/describe", "describe " + object))
                .body());
    }

    /**
     * The pages of a query's result, at most 2,000 records each; the first request is made by the first {@code next()}.
     */
    public Iterator<QueryPage> query(String soql) {
        return pages("query", soql, QUERY_PAGE_RECORDS);
    }

    /** As {@link #query}, with deleted records that are still in the recycle bin. */
    public Iterator<QueryPage> queryAll(String soql) {
        return pages("queryAll", soql, QUERY_PAGE_RECORDS);
    }

    /** As {@link #query}, with pages of about so many records; Salesforce allows 200 to 2,000. */
    public Iterator<QueryPage> query(String soql, int pageRecords) {
        return pages("query", soql, pageRecords);
    }

    /** The number that a {@code SELECT COUNT() FROM …} finds. */
    public long count(String soql) {
        return query(soql).next().totalSize();
    }

    /**
     * Writes records over those with the same external id, or creates them. Each is written on its own: one that is
     * refused does not hold back the others.
     *
     * @param key the external id field, or {@code Id}; each record has a value for it
     * @param records at most {@value #MAX_RECORDS}, without {@code attributes}
     * @return what became of each, in their order
     */
    public List<SaveResult> upsert(String object, String key, List<ObjectNode> records) {
        String path = "composite/sobjects/" + encode(object) + "/" + encode(key);
        return save("PATCH", path, object, records, "upsert " + records.size() + " records of " + object);
    }

    /** Writes over records by their {@code Id}; see {@link #upsert}. */
    public List<SaveResult> update(String object, List<ObjectNode> records) {
        return save(
                "PATCH", "composite/sobjects", object, records, "update " + records.size() + " records of " + object);
    }

    /** Creates records; see {@link #upsert}. */
    public List<SaveResult> create(String object, List<ObjectNode> records) {
        return save("POST", "composite/sobjects", object, records, "create " + records.size() + " records of " + object)
                .stream()
                .map(result -> new SaveResult(result.id(), result.success(), result.success(), result.errors()))
                .toList();
    }

    /** Deletes records by id, of any object, at most {@value #MAX_RECORDS}; one that is gone is refused. */
    public List<SaveResult> delete(List<String> ids) {
        refuseTooMany(ids.size());
        if (ids.isEmpty()) {
            return List.of();
        }
        String path = "composite/sobjects?allOrNone=false&ids=" + encode(String.join(",", ids));
        Request request = new Request("DELETE", path, Optional.empty(), Map.of(), "delete " + ids.size() + " records");
        return results(transport.send(request).body());
    }

    /** How much of the daily allowance is used, asked of Salesforce now. */
    public ApiUsage limits() {
        JsonNode daily =
                transport.send(Request.get("limits", "tell its limits")).body().path("DailyApiRequests");
        long max = daily.path("Max").asLong();
        return new ApiUsage(max - daily.path("Remaining").asLong(), max);
    }

    /** Signs in, asks for the limits, and says in one line what was found. */
    public String probe() {
        ApiUsage usage = limits();
        return "Salesforce at " + transport.url() + ", API " + transport.apiVersion() + ", "
                + String.format(Locale.ROOT, "%,d of %,d requests of the day used", usage.used(), usage.limit());
    }

    /** How much of the daily allowance is used, as the last answer told; asks nothing. */
    public Optional<ApiUsage> lastUsage() {
        return transport.usage();
    }

    /** Ends every request under way, and every wait for the next try; from now on all requests fail. */
    public void cancel() {
        transport.cancel();
    }

    private Iterator<QueryPage> pages(String resource, String soql, int pageRecords) {
        return new QueryPages(
                transport,
                resource + "?q=" + encode(soql),
                Map.of("Sforce-Query-Options", "batchSize=" + pageRecords),
                "run the query " + soql);
    }

    private List<SaveResult> save(
            String method, String path, String object, List<ObjectNode> records, String attempted) {
        refuseTooMany(records.size());
        if (records.isEmpty()) {
            return List.of();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("allOrNone", false);
        ArrayNode list = body.putArray("records");
        for (ObjectNode record : records) {
            ObjectNode typed = JsonNodeFactory.instance.objectNode();
            typed.putObject("attributes").put("type", object);
            typed.setAll(record);
            list.add(typed);
        }
        List<SaveResult> results = results(transport
                .send(new Request(method, path, Optional.of(body), Map.of(), attempted))
                .body());
        if (results.size() != records.size()) {
            throw new IllegalStateException(
                    "Salesforce answered for " + results.size() + " of " + records.size() + " records");
        }
        return results;
    }

    private static List<SaveResult> results(JsonNode body) {
        List<SaveResult> results = new ArrayList<>();
        for (JsonNode result : body) {
            List<RecordError> errors = new ArrayList<>();
            for (JsonNode error : result.path("errors")) {
                List<String> fields = new ArrayList<>();
                error.path("fields").forEach(field -> fields.add(field.asText()));
                errors.add(new RecordError(
                        error.path("statusCode").asText(), error.path("message").asText(), fields));
            }
            results.add(new SaveResult(
                    Optional.ofNullable(result.path("id").textValue()),
                    result.path("success").asBoolean(),
                    result.path("created").asBoolean(),
                    errors));
        }
        return results;
    }

    private static void refuseTooMany(int records) {
        if (records > MAX_RECORDS) {
            throw new IllegalArgumentException(
                    records + " records in one call; Salesforce takes " + MAX_RECORDS + " at most");
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
