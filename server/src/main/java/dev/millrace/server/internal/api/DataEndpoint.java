package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.data.Relations;
import dev.millrace.serving.DataAnswer;
import dev.millrace.serving.DataApi;
import dev.millrace.serving.DataOptions;
import dev.millrace.serving.DataRelation;
import dev.millrace.serving.DataRequest;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of the project's relations for programs; docs/serving.md lists the parameters. Thread-safe. */
public final class DataEndpoint {
    private final Platform platform;
    private final Relations relations;

    public DataEndpoint(Platform platform, Relations relations) {
        this.platform = platform;
        this.relations = relations;
    }

    public void list(Context ctx) {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("relations");
        for (DataRelation relation : api().relations()) {
            ObjectNode json = all.addObject();
            json.put("name", relation.name());
            json.put("node_id", relation.node().toString());
            json.put("description", relation.description());
            ArrayNode columns = json.putArray("columns");
            relation.columns()
                    .forEach(column ->
                            columns.addObject().put("name", column.name()).put("type", column.type()));
        }
        Json.answer(ctx, answer);
    }

    public void rows(Context ctx) throws IOException {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        ctx.queryParamMap().forEach((name, values) -> values.forEach(value -> parameters.add(Map.entry(name, value))));
        DataAnswer answer = api().prepare(new DataRequest(
                ctx.pathParam("relation"), parameters, Optional.ofNullable(ctx.header("Accept"))));
        ctx.contentType(answer.format().contentType());
        ctx.header(
                "Content-Disposition", "inline; filename=\"" + answer.fileName().replace("\"", "") + "\"");
        answer.writeTo(ctx.outputStream());
    }

    private DataApi api() {
        return new DataApi(
                platform::graph,
                List.of(relations.main()),
                DataOptions.in(platform.project().cacheDir().resolve("served")));
    }
}
