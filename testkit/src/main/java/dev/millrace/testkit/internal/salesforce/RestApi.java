package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Everything below {@code /services/data}: who may ask, which version, and who answers. Thread-safe. */
public final class RestApi {
    private static final int OLDEST_VERSION = 46;
    private static final int NEWEST_VERSION = 66;

    private final Store store;
    private final TokenEndpoint tokens;
    private final QueryEndpoint queries;
    private final RecordEndpoint records;
    private final CollectionsEndpoint collections;
    private final int dailyLimit;
    private final AtomicInteger used = new AtomicInteger();

    public RestApi(Store store, TokenEndpoint tokens, int dailyLimit) {
        RecordWriter writer = new RecordWriter(store);
        this.store = store;
        this.tokens = tokens;
        this.queries = new QueryEndpoint(store);
        this.records = new RecordEndpoint(store, writer);
        this.collections = new CollectionsEndpoint(store, writer);
        this.dailyLimit = dailyLimit;
    }

    /** The value of the header {@code Sforce-Limit-Info}. */
    public String limitInfo() {
        return "api-usage=" + used.get() + "/" + dailyLimit;
    }

    /** Answers; never throws for what the caller did wrong. */
    public Reply handle(
            String method, String rawPath, Map<String, String> parameters, UnaryOperator<String> header, String body) {
        try {
            return route(method, rawPath, parameters, header, body);
        } catch (ApiException e) {
            return new Reply(e.status(), e.body(), 0);
        }
    }

    private Reply route(
            String method, String rawPath, Map<String, String> parameters, UnaryOperator<String> header, String body) {
        List<String> path = Call.segments(rawPath);
        if (path.size() == 2) {
            return Reply.ok(versions());
        }
        String version = path.get(2);
        if (!version.matches("v\\d\\d\\.0")
                || Integer.parseInt(version.substring(1, 3)) < OLDEST_VERSION
                || Integer.parseInt(version.substring(1, 3)) > NEWEST_VERSION) {
            throw ApiException.notFound();
        }
        if (!tokens.accepts(header.apply("Authorization"))) {
            throw new ApiException(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        if (used.incrementAndGet() > dailyLimit) {
            throw new ApiException(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
        List<String> rest = path.subList(3, path.size());
        Call call = new Call(method, version, rest, parameters, header, body);
        return store.inTransaction(() -> dispatch(call));
    }

    private Reply dispatch(Call call) {
        if (call.segments().isEmpty()) {
            return Reply.ok(Json.object()
                    .put("sobjects", call.url("sobjects"))
                    .put("query", call.url("query"))
                    .put("queryAll", call.url("queryAll"))
                    .put("composite", call.url("composite"))
                    .put("limits", call.url("limits")));
        }
        return switch (call.segments().get(0)) {
            case "sobjects" -> records.handle(call);
            case "query", "queryAll" -> queries.handle(call);
            case "composite" -> {
                if (call.segments().size() < 2 || !call.segments().get(1).equals("sobjects")) {
                    throw ApiException.notFound();
                }
                yield collections.handle(call);
            }
            case "limits" -> Reply.ok(limits());
            default -> throw ApiException.notFound();
        };
    }

    private ObjectNode limits() {
        ObjectNode limits = Json.object();
        limits.putObject("DailyApiRequests").put("Max", dailyLimit).put("Remaining", dailyLimit - used.get());
        return limits;
    }

    private static ArrayNode versions() {
        ArrayNode versions = Json.array();
        IntStream.rangeClosed(OLDEST_VERSION, NEWEST_VERSION)
                .forEach(version -> versions.addObject()
                        .put("label", "Version " + version)
                        .put("url", "/services/data/v" + version + ".0")
                        .put("version", version + ".0"));
        return versions;
    }
}
