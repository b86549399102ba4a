package dev.millrace.server.internal.metrics;

import dev.millrace.core.live.FlowStatus;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunEventReader;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.Runs;
import dev.millrace.server.Platform;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Counts what happens, in the format of Prometheus. docs/server.md lists the names. Thread-safe. */
public final class Metrics implements RunObserver, AutoCloseable {
    private static final int MOST_OPEN_RUNS = 500;

    private final Platform platform;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** The last runs that were counted, as the end of a run may be told more than once. */
    private final Set<String> ended = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_OPEN_RUNS;
        }
    }));

    private final Runs.Subscription subscription;
    private final MultiGauge flowRows;
    private final MultiGauge flowRate;
    private final MultiGauge flowLag;
    private final MultiGauge flowLagSeconds;
    private final MultiGauge flowUp;

    public Metrics(Platform platform) {
        this.platform = platform;
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        openRuns(RunState.QUEUED);
        openRuns(RunState.RUNNING);
        flowRows = gauges("millrace.flow.rows", "Rows a continuous node has processed since it was started");
        flowRate = gauges("millrace.flow.rows.per.second", "Rows a continuous node processes per second");
        flowLag = gauges("millrace.flow.lag", "Rows or messages that wait for a continuous node");
        flowLagSeconds = gauges("millrace.flow.lag.seconds", "Age of the oldest row that waits for a continuous node");
        flowUp = gauges("millrace.flow.up", "Whether a continuous node works: 0 while it backs off or is stopped");
        this.subscription = platform.runs().subscribe(this);
    }

    /** What Prometheus reads. */
    public String scrape() {
        List<FlowStatus> flows = platform.flows();
        rows(flowRows, flows, FlowStatus::rows);
        rows(flowRate, flows, FlowStatus::rowsPerSecond);
        rows(
                flowLag,
                flows.stream().filter(flow -> flow.lag().isPresent()).toList(),
                flow -> flow.lag().orElse(0));
        rows(
                flowLagSeconds,
                flows.stream().filter(flow -> flow.lagMillis().isPresent()).toList(),
                flow -> flow.lagMillis().orElse(0) / 1000.0);
        rows(flowUp, flows, flow -> switch (flow.state()) {
            case STARTING, RUNNING, IDLE -> 1;
            case BACKING_OFF, STOPPED -> 0;
        });
        return registry.scrape();
    }

    /** An HTTP request was answered. */
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder("millrace.http.requests")
                .description("HTTP requests that were answered")
                .tags("method", method, "route", route, "status", String.valueOf(status))
                .register(registry)
                .record(took);
    }

    @Override
    public void changed(RunRecord run) {
        if (run.state().ended() && ended.add(run.id())) {
            Timer.builder("millrace.runs")
                    .description("Runs that have ended")
                    .tags(
                            "state", run.state().key(),
                            "command", run.request().command(),
                            "pipeline", run.request().pipeline().orElse(""))
                    .register(registry)
                    .record(run.elapsed(run.finishedAt().orElse(run.queuedAt())));
        }
    }

    @Override
    public void logged(RunLog entry) {
        if (entry.name().equals("NodeFinished")) {
            new RunEventReader().read(entry.json()).ifPresent(event -> {
                if (event instanceof RunEvent.NodeFinished finished) {
                    finished(finished);
                }
            });
        }
    }

    private void finished(RunEvent.NodeFinished event) {
        Tags tags = Tags.of("kind", event.result().node().kind().key());
        Timer.builder("millrace.nodes")
                .description("Nodes that have ended")
                .tags(tags.and("status", event.result().status().key()))
                .register(registry)
                .record(event.result().elapsed());
        event.result()
                .rows()
                .ifPresent(rows -> registry.counter("millrace.rows", tags).increment((double) rows));
    }

    private void openRuns(RunState state) {
        Gauge.builder(
                        "millrace.runs.open",
                        () -> platform.runs()
                                .recent(RunFilter.newest(MOST_OPEN_RUNS).in(state))
                                .size())
                .description("Runs that wait or run now")
                .tag("state", state.key())
                .register(registry);
    }

    private MultiGauge gauges(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static void rows(MultiGauge gauge, List<FlowStatus> flows, ToDoubleFunction<FlowStatus> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (FlowStatus flow : flows) {
            rows.add(MultiGauge.Row.of(Tags.of("node", flow.node().toString()), value.applyAsDouble(flow)));
        }
        gauge.register(rows, true);
    }

    @Override
    public void close() {
        subscription.close();
        for (Meter meter : registry.getMeters()) {
            registry.remove(meter);
        }
        registry.close();
    }
}
