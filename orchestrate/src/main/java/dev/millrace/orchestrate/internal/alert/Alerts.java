package dev.millrace.orchestrate.internal.alert;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells people and programs how runs of pipelines ended, on a thread of its own. What cannot be delivered is tried
 * again three times and then given up. Thread-safe.
 */
public final class Alerts implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final int MOST_NODES = 10;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long LONGEST_CLOSE_SECONDS = 15;

    private final Supplier<Project> project;
    private final Supplier<PipelineCatalog> catalog;
    private final RunTables tables;
    private final Optional<String> baseUrl;
    private final Duration delay;
    private final Consumer<MillraceException> problems;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread worker = new Thread(task, "alerts");
        worker.setDaemon(true);
        return worker;
    });

    /**
     * @param baseUrl where the pages of this server are, such as {@code http://localhost:8080}
     * @param delay before the second attempt; doubles with each further one
     */
    public Alerts(
            Supplier<Project> project,
            Supplier<PipelineCatalog> catalog,
            RunTables tables,
            Optional<String> baseUrl,
            Duration delay,
            Consumer<MillraceException> problems) {
        this.project = project;
        this.catalog = catalog;
        this.tables = tables;
        this.baseUrl = baseUrl;
        this.delay = delay;
        this.problems = problems;
    }

    /** Sends what is to be sent about a run that has just ended. Returns at once. */
    public void ended(RunRecord run) {
        Optional<Pipeline> pipeline =
                run.request().pipeline().flatMap(name -> catalog.get().find(name));
        Optional<YamlMap> alerts = pipeline.flatMap(catalog.get()::alerts);
        if (alerts.isEmpty() || run.state() == RunState.CANCELLED) {
            return;
        }
        boolean failed = run.state() == RunState.FAILED;
        boolean recovered = !failed
                && alerts.get().has("on_recovery")
                && tables.stateBefore(run).filter(RunState.FAILED::equals).isPresent();
        for (String occasion : failed
                ? List.of("on_failure")
                : recovered ? List.of("on_success", "on_recovery") : List.of("on_success")) {
            for (YamlMap channel : alerts.get().maps(occasion)) {
                thread.execute(() -> send(occasion, channel, run));
            }
        }
    }

    private void send(String occasion, YamlMap written, RunRecord run) {
        try {
            YamlMap channel = project.get().render(written);
            boolean slack = channel.has("slack");
            AlertText text = new AlertText(project.get().name(), occasion, run, failed(run), link(run));
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(channel.requireString(slack ? "slack" : "webhook")))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json");
            channel.map("headers")
                    .ifPresent(headers -> headers.keys()
                            .forEach(name ->
                                    request.setHeader(name, headers.string(name).orElse(""))));
            post(request.POST(BodyPublishers.ofString(slack ? text.slack() : text.webhook()))
                    .build());
        } catch (MillraceException e) {
            problems.accept(e);
        } catch (IllegalArgumentException e) {
            problems.accept(new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "an alert cannot be sent: " + e.getMessage(),
                    written.position(),
                    null,
                    e));
        }
    }

    private void post(HttpRequest request) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        String last = "";
        Duration pause = delay;
        try {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                try {
                    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                    if (response.statusCode() / 100 == 2) {
                        return;
                    }
                    last = "it answered " + response.statusCode();
                } catch (IOException e) {
                    last = String.valueOf(e.getMessage());
                }
                if (attempt < ATTEMPTS) {
                    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                    pause = pause.multipliedBy(2);
                }
            }
            // The address itself may be a secret, as Slack's are.
            problems.accept(new MillraceException(
                    ErrorCode.STEP_FAILED,
                    "an alert could not be delivered to " + request.uri().getHost() + ": " + last));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<NodeRun> failed(RunRecord run) {
        List<NodeRun> failed = new ArrayList<>();
        for (NodeRun node : tables.nodes(run.id())) {
            boolean bad = node.status()
                    .filter(status -> status == Status.FAIL || status == Status.ERROR)
                    .isPresent();
            if (bad && failed.size() < MOST_NODES) {
                failed.add(node);
            }
        }
        return failed;
    }

    private Optional<String> link(RunRecord run) {
        return catalog.get().baseUrl().or(() -> baseUrl).map(url -> url.replaceAll("/+$", "") + "/runs/" + run.id());
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
