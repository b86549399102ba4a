package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.server.NodeCode;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.data.LastRuns;
import dev.millrace.server.internal.data.Relations;
import dev.millrace.server.internal.http.HttpProblem;
import dev.millrace.warehouse.Table;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lineage graph and its nodes. Thread-safe. */
public final class GraphApi {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Platform platform;
    private final LastRuns lastRuns;
    private final Relations relations;
    private final Clock clock;

    public GraphApi(Platform platform, LastRuns lastRuns, Relations relations, Clock clock) {
        this.platform = platform;
        this.lastRuns = lastRuns;
        this.relations = relations;
        this.clock = clock;
    }

    /** What {@code select} and {@code exclude} of a request choose. */
    public static Set<NodeId> selection(Platform platform, Context ctx) {
        return new Selector(platform.graph(), platform.project().name(), IndirectSelection.EAGER, nothing -> {})
                .select(words(ctx.queryParams("select")), words(ctx.queryParams("exclude")));
    }

    private static List<String> words(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }

    public void graph(Context ctx) {
        Graph graph = platform.graph();
        Set<NodeId> chosen = selection(platform, ctx);
        ObjectNode answer = Json.object();
        ArrayNode nodes = answer.putArray("nodes");
        ArrayNode edges = answer.putArray("edges");
        for (Node node : graph.nodes()) {
            if (!chosen.contains(node.id())) {
                continue;
            }
            nodes.add(brief(node));
            for (NodeId input : node.inputs()) {
                if (chosen.contains(input)) {
                    edges.addObject()
                            .put("from", input.toString())
                            .put("to", node.id().toString());
                }
            }
        }
        Json.answer(ctx, answer);
    }

    public void nodes(Context ctx) {
        Set<NodeId> chosen = selection(platform, ctx);
        ObjectNode answer = Json.object();
        ArrayNode nodes = answer.putArray("nodes");
        platform.graph().nodes().stream()
                .filter(node -> chosen.contains(node.id()))
                .forEach(node -> nodes.add(brief(node)));
        Json.answer(ctx, answer);
    }

    public void node(Context ctx) {
        Node node = require(platform, ctx.pathParam("id"));
        ObjectNode answer = brief(node);
        answer.set("inputs", Json.texts(node.inputs()));
        answer.set("readers", Json.texts(platform.graph().children(node.id())));
        answer.put("line", node.position().line());
        datasets(answer.putArray("reads"), node.reads());
        datasets(answer.putArray("sends"), node.sends());
        answer.set("config", Json.value(node.config()));
        Optional<NodeCode> code = platform.code(node.id());
        answer.put("code", code.map(NodeCode::raw).orElse(null));
        answer.put("compiled_code", code.flatMap(NodeCode::compiled).orElse(null));
        ArrayNode columns = answer.putArray("columns");
        node.relation()
                .ifPresent(relation -> relations
                        .columns(relation, LIMIT)
                        .forEach(column -> columns.addObject()
                                .put("name", column.name())
                                .put("type", column.type())
                                .put("nullable", column.nullable())));
        ArrayNode history = answer.putArray("history");
        platform.runs().history(node.id().toString(), 20).forEach(run -> history.add(RunJson.of(run, clock.instant())));
        Json.answer(ctx, answer);
    }

    public void sample(Context ctx) {
        Node node = require(platform, ctx.pathParam("id"));
        int limit = Parameters.number(ctx, "limit", 50, 1, 1_000);
        Table table = node.relation()
                .flatMap(relation -> relations.sample(relation, limit, LIMIT))
                .orElseThrow(() -> HttpProblem.notFound(node.id() + " has no relation in the warehouse yet"));
        Json.answer(ctx, table(table));
    }

    /** The node of an id. */
    public static Node require(Platform platform, String id) {
        try {
            return platform.graph().node(NodeId.parse(id)).orElseThrow(() -> noNode(id));
        } catch (IllegalArgumentException e) {
            throw noNode(id);
        }
    }

    static ObjectNode table(Table table) {
        ObjectNode json = Json.object();
        ArrayNode columns = json.putArray("columns");
        table.columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).put("type", column.type()));
        ArrayNode rows = json.putArray("rows");
        for (List<@Nullable Object> row : table.rows()) {
            ArrayNode values = rows.addArray();
            row.forEach(value -> values.add(Json.value(value)));
        }
        return json;
    }

    private ObjectNode brief(Node node) {
        ObjectNode json = Json.object();
        json.put("id", node.id().toString());
        json.put("kind", node.kind().key());
        json.put("name", node.name());
        json.put("path", node.path());
        json.put("description", node.description());
        json.set("tags", Json.texts(node.tags()));
        json.put("relation", node.relation().map(Object::toString).orElse(null));
        json.put("materialized", node.config().get("materialized") instanceof String text ? text : null);
        json.put("continuous", node.trigger().isPresent());
        lastRuns.of(node.id().toString())
                .ifPresentOrElse(
                        run -> json.set("last_run", RunJson.of(run, clock.instant())), () -> json.putNull("last_run"));
        return json;
    }

    private static void datasets(ArrayNode array, List<Dataset> datasets) {
        for (Dataset dataset : datasets) {
            ObjectNode json = array.addObject();
            json.put("system", dataset.system());
            json.put("name", dataset.name());
            json.set("fields", Json.texts(dataset.fields()));
        }
    }

    private static HttpProblem noNode(String id) {
        return new HttpProblem(404, "NODE_NOT_FOUND", "there is no node " + id, null);
    }
}
