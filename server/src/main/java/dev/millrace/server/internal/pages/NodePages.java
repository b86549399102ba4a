package dev.millrace.server.internal.pages;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.api.GraphApi;
import dev.millrace.server.internal.data.Check;
import dev.millrace.server.internal.data.Checks;
import dev.millrace.server.internal.data.LastRuns;
import dev.millrace.server.internal.data.Relations;
import dev.millrace.server.internal.data.Statuses;
import dev.millrace.sql.SourceColumn;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Table;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The catalog of nodes, and one node: code, schema, sample rows, checks, history. */
public final class NodePages {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int SAMPLE = 50;
    private static final int HISTORY = 40;
    private static final Set<String> TABS = Set.of("overview", "columns", "code", "data", "checks", "history");

    private final Platform platform;
    private final Pages pages;
    private final LastRuns lastRuns;
    private final Relations relations;
    private final Checks checks;
    private final Clock clock;

    public NodePages(
            Platform platform, Pages pages, LastRuns lastRuns, Relations relations, Checks checks, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.lastRuns = lastRuns;
        this.relations = relations;
        this.checks = checks;
        this.clock = clock;
    }

    /** A node as the catalog shows it. */
    public record Row(Node node, Optional<NodeRun> last, String status) {}

    public void list(Context ctx) {
        String search = Optional.ofNullable(ctx.queryParam("q")).orElse("").trim();
        String kind = Optional.ofNullable(ctx.queryParam("kind")).orElse("");
        Statuses statuses = new Statuses(platform, lastRuns);
        Map<String, Integer> kinds = new TreeMap<>();
        List<Row> rows = new ArrayList<>();
        for (Node node : platform.graph().nodes()) {
            if (Checks.isCheck(node)) {
                continue;
            }
            kinds.merge(node.kind().key(), 1, Integer::sum);
            if (matches(node, search)
                    && (kind.isEmpty() || kind.equals(node.kind().key()))) {
                rows.add(new Row(node, lastRuns.of(node.id().toString()), statuses.of(node)));
            }
        }
        rows.sort(Comparator.comparing((Row row) -> row.node().kind())
                .thenComparing(row -> row.node().name()));
        Map<String, Object> model = new HashMap<>();
        model.put("rows", rows);
        model.put("kinds", kinds);
        model.put("kind", kind);
        model.put("search", search);
        model.put("now", clock.instant());
        pages.page(ctx, "nodes.jte", "Catalog", "nodes", model);
    }

    private static boolean matches(Node node, String search) {
        String wanted = search.toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || node.id().toString().toLowerCase(Locale.ROOT).contains(wanted)
                || node.description().toLowerCase(Locale.ROOT).contains(wanted)
                || node.tags().stream()
                        .anyMatch(tag -> tag.toLowerCase(Locale.ROOT).contains(wanted));
    }

    public void one(Context ctx) {
        Node node = GraphApi.require(platform, ctx.pathParam("id"));
        String asked = Optional.ofNullable(ctx.queryParam("tab")).orElse("");
        String tab = TABS.contains(asked) ? asked : "overview";
        Map<String, Object> model = new HashMap<>();
        model.put("node", node);
        model.put("tab", tab);
        model.put("last", lastRuns.of(node.id().toString()));
        model.put("status", node.step().isEmpty() ? "" : new Statuses(platform, lastRuns).of(node));
        model.put("now", clock.instant());
        model.put("problem", "");
        model.put("columns", List.<Column>of());
        model.put("code", Optional.empty());
        model.put("sample", Optional.<Table>empty());
        List<Check> ofNode = checks.of(node.id());
        model.put("checks", ofNode);
        model.put("history", List.<NodeRun>of());
        model.put("lineage", Optional.<Lineage>empty());
        model.put("columnDocs", columnDocs(node));
        model.put("trace", Optional.<ColumnsTab>empty());
        switch (tab) {
            case "columns" ->
                model.put("trace", Optional.of(columnsTab(node, Optional.ofNullable(ctx.queryParam("column")))));
            case "code" -> model.put("code", platform.code(node.id()));
            case "data" -> lookAt(node, model);
            case "history" ->
                model.put("history", platform.runs().history(node.id().toString(), HISTORY));
            case "overview" -> {
                describe(node, model);
                model.put("lineage", Optional.of(neighbourhood(node)));
            }
            default -> {}
        }
        pages.page(ctx, "node.jte", node.name(), Checks.isCheck(node) ? "quality" : "nodes", model);
    }

    /**
     * The columns of a node.
     *
     * @param column the one whose whole way is shown; empty for none
     * @param up what it is made of
     * @param down what is made of it
     */
    public record ColumnsTab(
            List<ColumnTrace.Row> rows,
            List<ColumnTrace.Stop> conditions,
            String column,
            List<ColumnTrace.Stop> up,
            List<ColumnTrace.Stop> down) {}

    private ColumnsTab columnsTab(Node node, Optional<String> asked) {
        String id = node.id().toString();
        ColumnTrace trace = new ColumnTrace(platform.graph(), platform.columns());
        String column = asked.flatMap(name -> trace.column(id, name)).orElse("");
        SourceColumn own = new SourceColumn(id, column);
        return new ColumnsTab(trace.rows(id), trace.conditions(id), column, trace.upstream(own), trace.downstream(own));
    }

    /** A short view of a node beside the graph. */
    public void brief(Context ctx) {
        Node node = GraphApi.require(platform, ctx.pathParam("id"));
        Map<String, Object> model = new HashMap<>();
        model.put("node", node);
        model.put("last", lastRuns.of(node.id().toString()));
        model.put("status", node.step().isEmpty() ? "" : new Statuses(platform, lastRuns).of(node));
        model.put("checks", checks.of(node.id()));
        model.put("problem", "");
        model.put("columns", List.<Column>of());
        model.put("shell", pages.shell(ctx, "", ""));
        model.put("now", clock.instant());
        describe(node, model);
        pages.part(ctx, "nodebrief.jte", model);
    }

    private void describe(Node node, Map<String, Object> model) {
        node.relation().ifPresent(relation -> {
            try {
                model.put("columns", relations.columns(relation, LIMIT));
            } catch (MillraceException e) {
                model.put("problem", e.text());
            }
        });
    }

    private void lookAt(Node node, Map<String, Object> model) {
        node.relation().ifPresent(relation -> {
            try {
                model.put("sample", relations.sample(relation, SAMPLE, LIMIT));
            } catch (MillraceException e) {
                model.put("problem", e.text());
            }
        });
    }

    private Lineage neighbourhood(Node node) {
        Graph graph = platform.graph();
        Set<NodeId> near = new LinkedHashSet<>(graph.ancestors(node.id(), 1));
        near.add(node.id());
        near.addAll(graph.descendants(node.id(), 1));
        return Lineage.of(
                graph, near, new Statuses(platform, lastRuns), node.id().toString());
    }

    /** What the project's files say of the columns, by lower-case name. */
    private static Map<String, String> columnDocs(Node node) {
        Map<String, String> docs = new HashMap<>();
        @Nullable
        Object columns = node.attributes().getOrDefault("columns", node.config().get("columns"));
        if (columns instanceof Map<?, ?> byName) {
            byName.forEach((name, value) -> {
                if (value instanceof Map<?, ?> column && column.get("description") instanceof String text) {
                    docs.put(String.valueOf(name).toLowerCase(Locale.ROOT), text);
                }
            });
        }
        return docs;
    }

    /** Whether a node's relation can be looked into. */
    public static boolean hasData(Node node) {
        return node.relation().isPresent() && node.kind() != NodeKind.TEST;
    }
}
