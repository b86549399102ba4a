package dev.millrace.server.internal.pages;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.api.GraphApi;
import dev.millrace.server.internal.data.LastRuns;
import dev.millrace.server.internal.data.Statuses;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The lineage graph. */
public final class GraphPage {
    private final Platform platform;
    private final Pages pages;
    private final LastRuns lastRuns;

    public GraphPage(Platform platform, Pages pages, LastRuns lastRuns) {
        this.platform = platform;
        this.pages = pages;
        this.lastRuns = lastRuns;
    }

    public void serve(Context ctx) {
        Map<String, Object> model = new HashMap<>();
        Set<NodeId> chosen = Set.of();
        String problem = "";
        try {
            chosen = GraphApi.selection(platform, ctx);
        } catch (MillraceException e) {
            problem = e.text() + e.hint().map(hint -> " " + hint).orElse("");
        }
        model.put("lineage", Lineage.of(platform.graph(), chosen, new Statuses(platform, lastRuns), ""));
        model.put("select", Optional.ofNullable(ctx.queryParam("select")).orElse(""));
        model.put("problem", problem);
        pages.page(ctx, "graph.jte", "Lineage", "graph", model);
    }
}
