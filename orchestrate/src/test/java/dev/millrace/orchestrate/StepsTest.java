package dev.millrace.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {
    @TempDir
    private Path folder;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String url;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] answer = "an answer".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.remove(0), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        url = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void a_shell_step_logs_what_it_prints_and_fails_by_its_exit_code() {
        RunResult result = run("steps: [{name: s, shell: 'echo one; echo two >&2; exit 3'}]");

        assertThat(result.nodes().get(0).error()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.STEP_FAILED);
            assertThat(error.text()).isEqualTo("the command ended with exit code 3: two");
        });
        assertThat(events)
                .filteredOn(RunEvent.Logged.class::isInstance)
                .extracting(event -> ((RunEvent.Logged) event).message())
                .containsExactly("one", "two");
    }

    @Test
    void a_step_that_fails_is_tried_again() {
        RunResult result = run(
                "retries: 2\n    retry_delay: 10ms\n    steps: [{name: s, shell: 'echo x >> tries; test $(wc -l < tries) -ge 3'}]");

        assertThat(result.ok()).isTrue();
        assertThat(result.nodes().get(0).attempts()).isEqualTo(3);
    }

    @Test
    void a_step_over_its_limit_is_ended_with_all_that_it_started() throws Exception {
        RunResult result =
                run("steps: [{name: s, timeout: 300ms, shell: 'sleep 300 & echo $! > child; echo $$ > parent; wait'}]");

        assertThat(result.nodes().get(0).error())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(ErrorCode.TIMEOUT));
        for (String name : List.of("child", "parent")) {
            long pid = Long.parseLong(Files.readString(folder.resolve(name)).strip());
            await().until(() ->
                    ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        }
    }

    @Test
    void an_http_step_sends_its_request_and_checks_the_status() {
        RunResult well =
                run("steps: [{name: s, http: {url: '" + url + "/a?b=c', body: {day: 1}, expect_status: [200]}}]");
        answers.add(503);
        RunResult badly = run("steps: [{name: s, http: {url: '" + url + "/d', method: put, body: text}}]");

        assertThat(well.ok()).isTrue();
        assertThat(received).containsExactly("POST /a?b=c {\"day\":1}", "PUT /d text");
        assertThat(badly.nodes().get(0).message()).contains("503").contains("an answer");
    }

    @Test
    void an_order_that_contradicts_the_graph_is_refused() {
        Graph graph = new TestGraph()
                .model("a", context -> StepResult.success(""))
                .model("b", context -> StepResult.success(""), "a")
                .build();
        TestProject project = new TestProject(folder)
                .pipelines(
                        "pipelines: [{name: p, steps: [{name: one, select: b}, {name: two, select: a, depends_on: one}]}]\n");

        assertThatThrownBy(() -> new PipelinePlanner(project.load(), graph, TestGraph.selection(graph))
                        .plan(RunRequest.ofPipeline("p", Optional.empty(), Cause.MANUAL)))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.GRAPH_CYCLE);
                    assertThat(e.position()).isPresent();
                });
    }

    @Test
    void people_hear_of_failures_and_of_recoveries_and_deliveries_are_tried_again() {
        TestProject project = new TestProject(folder)
                .environment("SLACK_HOOK", url + "/slack")
                .pipelines("""
                        pipelines:
                          - name: nightly
                            alerts:
                              on_failure: [{slack: "{{ env_var('SLACK_HOOK') }}"}, {webhook: "BASE/hook"}]
                              on_recovery: [{webhook: "BASE/well"}]
                            steps: [{name: s, shell: "test -f fixed"}]
                        """.replace("BASE", url));
        Graph graph = new TestGraph().build();
        answers.add(500);
        try (RunStore store = RunStore.open(project.load());
                Orchestrator orchestrator = new Orchestrator(
                        project.load(),
                        graph,
                        store,
                        new TestExecutor(project, () -> graph),
                        Clock.systemUTC(),
                        OrchestratorOptions.standard().withBaseUrl("http://here/"))) {
            orchestrator.start();
            RunRecord failed = orchestrator.pipelines().trigger("nightly", Optional.empty(), Map.of());
            await().until(() -> received.size() == 3);
            project.write("fixed", "");
            orchestrator.pipelines().trigger("nightly", Optional.empty(), Map.of());
            await().until(() -> received.size() == 4);

            assertThat(received.get(0)).startsWith("POST /slack");
            assertThat(received.get(1))
                    .as("the second attempt")
                    .startsWith("POST /slack")
                    .contains("\"mrkdwn\"", "operation.shop.nightly.s", "http://here/runs/" + failed.id());
            assertThat(received.get(2))
                    .startsWith("POST /hook")
                    .contains("\"event\":\"failure\"", "\"run_id\":\"" + failed.id() + "\"", "exit code 1");
            assertThat(received.get(3)).startsWith("POST /well").contains("\"event\":\"recovery\"");
        }
    }

    private RunResult run(String pipeline) {
        TestProject project = new TestProject(folder).pipelines("pipelines:\n  - name: p\n    " + pipeline + "\n");
        Graph graph = new TestGraph().build();
        return new TestExecutor(project, () -> graph)
                .execute(
                        RunRequest.ofPipeline("p", Optional.empty(), Cause.MANUAL),
                        "run-1",
                        Set.of(),
                        events::add,
                        cancel -> {});
    }
}
