package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.internal.data.Queries;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** Read-only queries. Thread-safe. */
public final class QueryApi {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_ROWS = 100_000;

    private final Queries queries;

    public QueryApi(Queries queries) {
        this.queries = queries;
    }

    public void query(Context ctx) {
        JsonNode body = Json.body(ctx);
        Json.allowOnly(body, List.of("sql", "limit"));
        String sql = Parameters.text(body, "sql")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> HttpProblem.badRequest("'sql' is missing", "Send {\"sql\": \"select …\"}."));
        JsonNode limit = body.path("limit");
        int rows = limit.isMissingNode() || limit.isNull() ? 1_000 : limit.asInt(-1);
        if (rows < 1 || rows > MOST_ROWS) {
            throw HttpProblem.badRequest("'limit' must be a whole number from 1 to " + MOST_ROWS, null);
        }
        Queries.Answer answer = queries.query(sql, rows, LIMIT);
        ObjectNode json = GraphApi.table(answer.table());
        json.put("truncated", answer.truncated());
        json.put("elapsed_ms", answer.elapsed().toMillis());
        Json.answer(ctx, json);
    }
}
