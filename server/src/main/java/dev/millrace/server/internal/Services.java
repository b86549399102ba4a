package dev.millrace.server.internal;

import dev.millrace.server.Platform;
import dev.millrace.server.ServerSettings;
import dev.millrace.server.internal.api.ChecksApi;
import dev.millrace.server.internal.api.DataEndpoint;
import dev.millrace.server.internal.api.EventsApi;
import dev.millrace.server.internal.api.FlowsApi;
import dev.millrace.server.internal.api.GraphApi;
import dev.millrace.server.internal.api.HealthApi;
import dev.millrace.server.internal.api.PipelinesApi;
import dev.millrace.server.internal.api.QueryApi;
import dev.millrace.server.internal.api.RunStream;
import dev.millrace.server.internal.api.RunsApi;
import dev.millrace.server.internal.data.Checks;
import dev.millrace.server.internal.data.LastRuns;
import dev.millrace.server.internal.data.Queries;
import dev.millrace.server.internal.data.Relations;
import dev.millrace.server.internal.http.Assets;
import dev.millrace.server.internal.http.Guard;
import dev.millrace.server.internal.metrics.Metrics;
import dev.millrace.server.internal.pages.GraphPage;
import dev.millrace.server.internal.pages.HomePage;
import dev.millrace.server.internal.pages.LoginPage;
import dev.millrace.server.internal.pages.NodePages;
import dev.millrace.server.internal.pages.Pages;
import dev.millrace.server.internal.pages.PipelinePages;
import dev.millrace.server.internal.pages.ProblemPage;
import dev.millrace.server.internal.pages.QualityPage;
import dev.millrace.server.internal.pages.QueryPage;
import dev.millrace.server.internal.pages.RunPages;
import dev.millrace.server.internal.pages.StreamsPage;
import java.time.Clock;

/** The parts of the server, put together. */
final class Services implements AutoCloseable {
    private final Platform platform;
    private final Clock clock;
    private final Assets assets = new Assets();
    private final Guard guard;
    private final LastRuns lastRuns;
    private final Relations relations;
    private final Checks checks;
    private final Queries queries;
    private final Pages pages;
    private final Metrics metrics;
    private final RunStream runStream;
    private final HealthApi health;

    Services(Platform platform, ServerSettings settings, String version, Clock clock) {
        this.platform = platform;
        this.clock = clock;
        guard = new Guard(settings, clock);
        lastRuns = new LastRuns(platform.runs());
        relations = new Relations(platform);
        checks = new Checks(platform, lastRuns, relations);
        queries = new Queries(relations);
        pages = new Pages(platform, assets, version);
        metrics = new Metrics(platform);
        runStream = new RunStream(platform.runs());
        health = new HealthApi(platform, version);
    }

    Platform platform() {
        return platform;
    }

    Assets assets() {
        return assets;
    }

    Guard guard() {
        return guard;
    }

    Metrics metrics() {
        return metrics;
    }

    RunStream runStream() {
        return runStream;
    }

    HealthApi health() {
        return health;
    }

    GraphApi graphApi() {
        return new GraphApi(platform, lastRuns, relations, clock);
    }

    RunsApi runsApi() {
        return new RunsApi(platform, clock);
    }

    PipelinesApi pipelinesApi() {
        return new PipelinesApi(platform.pipelines(), clock);
    }

    ChecksApi checksApi() {
        return new ChecksApi(checks, clock);
    }

    FlowsApi flowsApi() {
        return new FlowsApi(platform);
    }

    QueryApi queryApi() {
        return new QueryApi(queries);
    }

    DataEndpoint dataEndpoint() {
        return new DataEndpoint(platform, relations);
    }

    EventsApi eventsApi() {
        return new EventsApi(platform);
    }

    HomePage homePage() {
        return new HomePage(platform, pages, checks, clock);
    }

    GraphPage graphPage() {
        return new GraphPage(platform, pages, lastRuns);
    }

    NodePages nodePages() {
        return new NodePages(platform, pages, lastRuns, relations, checks, clock);
    }

    RunPages runPages() {
        return new RunPages(platform, pages, clock);
    }

    PipelinePages pipelinePages() {
        return new PipelinePages(platform, pages, clock);
    }

    StreamsPage streamsPage() {
        return new StreamsPage(platform, pages, clock);
    }

    QualityPage qualityPage() {
        return new QualityPage(platform, pages, checks, clock);
    }

    QueryPage queryPage() {
        return new QueryPage(platform, pages, queries);
    }

    LoginPage loginPage() {
        return new LoginPage(platform, pages, guard);
    }

    ProblemPage problemPage() {
        return new ProblemPage(pages);
    }

    @Override
    public void close() {
        runStream.close();
        metrics.close();
        lastRuns.close();
        relations.close();
    }
}
