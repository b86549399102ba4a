package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries that a {@code millrace up} answers, as it holds the warehouse. */
final class RemoteQuery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALL_ROWS = 10_000;

    private final ServerClient client;

    RemoteQuery(RunningServer server) {
        this.client = new ServerClient(server);
    }

    /** @param limit rows at most; negative for as many as the server gives */
    Table preview(String sql, int limit) {
        ObjectNode body = JSON.createObjectNode();
        body.put("sql", sql);
        body.put("limit", limit < 0 ? ALL_ROWS : limit);
        JsonNode answer = client.post("/api/v1/query", body);
        List<Column> columns = new ArrayList<>();
        answer.path("columns")
                .forEach(column -> columns.add(new Column(
                        column.path("name").asText(), column.path("type").asText(), true)));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("rows")) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value(value)));
            rows.add(values);
        }
        return new Table(columns, rows);
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        return value.isTextual() ? value.asText() : value.toString();
    }
}
