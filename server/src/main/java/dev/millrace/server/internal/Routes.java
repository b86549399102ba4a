package dev.millrace.server.internal;

import static dev.millrace.server.internal.http.Access.ADMIN;
import static dev.millrace.server.internal.http.Access.OPERATOR;
import static dev.millrace.server.internal.http.Access.PUBLIC;
import static dev.millrace.server.internal.http.Access.VIEWER;

import dev.millrace.server.internal.api.ChecksApi;
import dev.millrace.server.internal.api.DataEndpoint;
import dev.millrace.server.internal.api.EventsApi;
import dev.millrace.server.internal.api.FlowsApi;
import dev.millrace.server.internal.api.GraphApi;
import dev.millrace.server.internal.api.PipelinesApi;
import dev.millrace.server.internal.api.QueryApi;
import dev.millrace.server.internal.api.RunsApi;
import dev.millrace.server.internal.pages.GraphPage;
import dev.millrace.server.internal.pages.HomePage;
import dev.millrace.server.internal.pages.LoginPage;
import dev.millrace.server.internal.pages.NodePages;
import dev.millrace.server.internal.pages.PipelinePages;
import dev.millrace.server.internal.pages.QualityPage;
import dev.millrace.server.internal.pages.QueryPage;
import dev.millrace.server.internal.pages.RunPages;
import dev.millrace.server.internal.pages.StreamsPage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Every address of the server, and what it takes to use it. */
final class Routes {
    private final Services services;

    Routes(Services services) {
        this.services = services;
    }

    void register(RoutesConfig routes) {
        api(routes);
        data(routes);
        pages(routes);
        routes.get("/assets/{version}/{name}", services.assets()::serve, PUBLIC);
        routes.get("/metrics", this::metrics, VIEWER);
    }

    private void api(RoutesConfig routes) {
        routes.get("/api/v1/health", services.health()::serve, PUBLIC);
        GraphApi graph = services.graphApi();
        routes.get("/api/v1/graph", graph::graph, VIEWER);
        routes.get("/api/v1/nodes", graph::nodes, VIEWER);
        routes.get("/api/v1/nodes/{id}", graph::node, VIEWER);
        routes.get("/api/v1/nodes/{id}/sample", graph::sample, VIEWER);
        RunsApi runs = services.runsApi();
        routes.get("/api/v1/runs", runs::list, VIEWER);
        routes.post("/api/v1/runs", runs::submit, OPERATOR);
        routes.get("/api/v1/runs/{id}", runs::one, VIEWER);
        routes.get("/api/v1/runs/{id}/events", this::events, VIEWER);
        routes.post("/api/v1/runs/{id}/cancel", runs::cancel, OPERATOR);
        routes.post("/api/v1/runs/{id}/retry", runs::retry, OPERATOR);
        PipelinesApi pipelines = services.pipelinesApi();
        routes.get("/api/v1/pipelines", pipelines::list, VIEWER);
        routes.get("/api/v1/pipelines/{name}", pipelines::one, VIEWER);
        routes.post("/api/v1/pipelines/{name}/trigger", pipelines::trigger, OPERATOR);
        routes.post("/api/v1/pipelines/{name}/pause", pipelines::pause, OPERATOR);
        routes.post("/api/v1/pipelines/{name}/resume", pipelines::resume, OPERATOR);
        ChecksApi checks = services.checksApi();
        routes.get("/api/v1/checks", checks::list, VIEWER);
        FlowsApi flows = services.flowsApi();
        routes.get("/api/v1/flows", flows::list, VIEWER);
        routes.post("/api/v1/reload", this::reload, ADMIN);
    }

    private void data(RoutesConfig routes) {
        QueryApi query = services.queryApi();
        routes.post("/api/v1/query", query::query, VIEWER);
        DataEndpoint data = services.dataEndpoint();
        routes.get("/api/v1/data", data::list, VIEWER);
        routes.get("/api/v1/data/{relation}", data::rows, VIEWER);
        EventsApi events = services.eventsApi();
        routes.post("/events/{topic}", events::publish, OPERATOR);
    }

    private void pages(RoutesConfig routes) {
        HomePage home = services.homePage();
        routes.get("/", home::serve, VIEWER);
        GraphPage graph = services.graphPage();
        routes.get("/graph", graph::serve, VIEWER);
        NodePages nodes = services.nodePages();
        routes.get("/nodes", nodes::list, VIEWER);
        routes.get("/nodes/{id}", nodes::one, VIEWER);
        routes.get("/nodes/{id}/brief", nodes::brief, VIEWER);
        RunPages runs = services.runPages();
        routes.get("/runs", runs::list, VIEWER);
        routes.post("/runs", runs::submit, OPERATOR);
        routes.get("/runs/{id}", runs::one, VIEWER);
        routes.post("/runs/{id}/cancel", runs::cancel, OPERATOR);
        routes.post("/runs/{id}/retry", runs::retry, OPERATOR);
        PipelinePages pipelines = services.pipelinePages();
        routes.get("/pipelines", pipelines::list, VIEWER);
        routes.get("/pipelines/{name}", pipelines::one, VIEWER);
        routes.post("/pipelines/{name}/trigger", pipelines::trigger, OPERATOR);
        routes.post("/pipelines/{name}/pause", pipelines::pause, OPERATOR);
        routes.post("/pipelines/{name}/resume", pipelines::resume, OPERATOR);
        StreamsPage streams = services.streamsPage();
        routes.get("/streams", streams::serve, VIEWER);
        QualityPage quality = services.qualityPage();
        routes.get("/quality", quality::serve, VIEWER);
        QueryPage query = services.queryPage();
        routes.get("/query", query::serve, VIEWER);
        routes.post("/query", query::answer, VIEWER);
        LoginPage login = services.loginPage();
        routes.get("/login", login::show, PUBLIC);
        routes.post("/login", login::login, PUBLIC);
        routes.post("/logout", login::logout, PUBLIC);
        routes.post("/reload", this::reload, ADMIN);
    }

    /** A list, or what happens from now on, as the client wants it. */
    private void events(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept != null && accept.contains("text/event-stream")) {
            services.runStream().serve(ctx);
        } else {
            services.runsApi().events(ctx);
        }
    }

    private void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(services.metrics().scrape());
    }

    private void reload(Context ctx) {
        services.platform().reload();
        if (ctx.path().startsWith("/api/")) {
            services.health().serve(ctx);
        } else {
            ctx.redirect("/");
        }
    }
}
