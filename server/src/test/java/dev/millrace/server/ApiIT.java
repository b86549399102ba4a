package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ApiIT {
    private SamplePlatform platform;
    private MillraceServer server;
    private Http http;

    @BeforeAll
    void start(@TempDir Path folder) {
        platform = new SamplePlatform(folder);
        server = MillraceServer.start(platform, ServerSettings.local(0), "test");
        http = new Http(server.uri());
        ended(submit("{\"select\": [\"+tag:marts\"]}"));
    }

    @AfterAll
    void stop() {
        server.close();
        platform.close();
    }

    @Test
    void a_run_is_queued_and_its_nodes_are_told() {
        JsonNode run = ended(submit("{\"select\": \"stg_orders\"}"));

        assertThat(run.path("state").asText()).isEqualTo("succeeded");
        assertThat(run.path("nodes").findValuesAsText("node_id"))
                .containsExactlyInAnyOrder("model.shop.stg_orders", "test.shop.accepted_values_stg_orders_status");
    }

    @Test
    void a_selection_that_cannot_be_read_is_refused_before_anything_is_queued() {
        HttpResponse<String> answer = http.post("/api/v1/runs", "{\"select\": [\"nomethod:x\"]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Http.json(answer).path("code").asText()).isEqualTo("SELECTOR_INVALID");
        assertThat(Http.json(http.get("/api/v1/runs?limit=500"))
                        .findValuesAsText("select")
                        .toString())
                .doesNotContain("nomethod");
    }

    @Test
    void an_unknown_member_of_a_request_is_refused_with_the_known_ones() {
        JsonNode problem = Http.json(http.post("/api/v1/runs", "{\"selct\": \"a\"}"));

        assertThat(problem.path("message").asText()).contains("selct");
        assertThat(problem.path("hint").asText()).contains("select");
    }

    @Test
    void a_running_run_is_cancelled_and_a_failed_one_is_retried() {
        String id = submit("{\"select\": [\"slow\"]}");
        await().until(() -> run(id).path("state").asText().equals("running"));

        assertThat(http.post("/api/v1/runs/" + id + "/cancel", "").statusCode()).isEqualTo(202);
        assertThat(ended(id).path("state").asText()).isEqualTo("cancelled");

        String failed = submit("{\"select\": [\"churn_risk\"]}");
        assertThat(ended(failed).path("state").asText()).isEqualTo("failed");
        JsonNode again = Http.json(http.post("/api/v1/runs/" + failed + "/retry", ""));
        assertThat(again.path("retry_of").asText()).isEqualTo(failed);
        ended(again.path("id").asText());
    }

    @Test
    void events_are_streamed_as_they_happen_and_resume_after_the_last_one_seen() {
        String id = submit("{\"select\": [\"stg_products\", \"stg_orders\"]}");
        List<String> all = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String stream = http.get("/api/v1/runs/" + id + "/events", "Accept", "text/event-stream")
                .body();
        for (String line : stream.split("\n")) {
            if (line.startsWith("event: ")) {
                all.add(line.substring(7));
            } else if (line.startsWith("id: ")) {
                ids.add(line.substring(4));
            }
        }

        assertThat(all)
                .startsWith("RunStarted")
                .contains("NodeStarted", "NodeFinished")
                .endsWith("RunFinished", "end");
        String rest = http.get(
                        "/api/v1/runs/" + id + "/events", "Accept", "text/event-stream", "Last-Event-ID", ids.get(1))
                .body();
        assertThat(rest).doesNotContain("event: RunStarted").contains("id: " + ids.get(2) + "\n");
        assertThat(rest.split("event: ", -1)).hasSize(all.size() - 1);
    }

    @Test
    void the_graph_is_told_by_selection() {
        JsonNode graph = Http.json(http.get("/api/v1/graph?select=%2Bfct_orders"));

        assertThat(graph.path("nodes").findValuesAsText("id"))
                .contains("source.shop.raw.orders", "model.shop.fct_orders")
                .doesNotContain("model.shop.sales_by_month");
        assertThat(graph.path("edges").toString())
                .contains("{\"from\":\"model.shop.stg_orders\",\"to\":\"model.shop.fct_orders\"}");
    }

    @Test
    void a_node_is_told_with_its_columns_code_and_history() {
        JsonNode node = Http.json(http.get("/api/v1/nodes/model.shop.fct_orders"));

        assertThat(node.path("columns").findValuesAsText("name")).contains("order_id", "segment");
        assertThat(node.path("compiled_code").asText()).contains("select o.*");
        assertThat(node.path("history")).isNotEmpty();
        assertThat(node.path("last_run").path("rows").asLong()).isEqualTo(24_000);
        assertThat(Http.json(http.get("/api/v1/nodes/model.shop.fct_orders/sample?limit=3"))
                        .path("rows"))
                .hasSize(3);
        assertThat(Http.json(http.get("/api/v1/nodes/model.shop.nothing"))
                        .path("code")
                        .asText())
                .isEqualTo("NODE_NOT_FOUND");
    }

    @Test
    void a_pipeline_is_triggered_paused_and_resumed() {
        JsonNode paused = Http.json(http.post("/api/v1/pipelines/marts/pause", ""));
        assertThat(paused.path("paused").asBoolean()).isTrue();
        assertThat(paused.path("next_runs")).isEmpty();
        assertThat(Http.json(http.post("/api/v1/pipelines/marts/resume", "")).path("next_runs"))
                .isNotEmpty();

        JsonNode run = Http.json(http.post("/api/v1/pipelines/marts/trigger", "{}"));
        assertThat(run.path("pipeline").asText()).isEqualTo("marts");
        ended(run.path("id").asText());
        assertThat(http.post("/api/v1/pipelines/none/trigger", "{}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void checks_are_told_with_what_they_found() {
        JsonNode checks = Http.json(http.get("/api/v1/checks")).path("checks");

        assertThat(checks).hasSize(6);
        assertThat(checks.toString()).contains("\"on\":\"model.shop.fct_orders\"", "\"failures\":1420");
    }

    @Test
    void a_query_keeps_its_order_and_says_when_rows_were_left_out() {
        JsonNode answer = Http.json(http.post(
                "/api/v1/query",
                "{\"sql\": \"select order_id from main.fct_orders order by order_id desc -- all\", \"limit\": 3}"));

        assertThat(answer.path("rows").toString()).isEqualTo("[[23999],[23998],[23997]]");
        assertThat(answer.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void a_query_that_does_more_than_read_is_refused() {
        for (String sql : List.of(
                "drop table main.fct_orders",
                "select 1; drop table main.fct_orders",
                "select * from read_csv('/etc/passwd')",
                "select * from _millrace.state",
                "select 1) as a; drop table main.fct_orders; select * from (select 1")) {
            HttpResponse<String> answer =
                    http.post("/api/v1/query", "{\"sql\": \"" + sql.replace("\"", "\\\"") + "\"}");
            assertThat(answer.statusCode()).as(sql).isBetween(400, 422);
        }
        assertThat(http.get("/api/v1/nodes/model.shop.fct_orders/sample").statusCode())
                .isEqualTo(200);
    }

    @Test
    void rows_are_served_in_several_formats() {
        assertThat(http.get("/api/v1/data/main.dim_customers?limit=2&format=csv")
                        .body())
                .startsWith("customer_id,name,segment")
                .hasLineCount(3);
        assertThat(Http.json(http.get("/api/v1/data/main.dim_customers?limit=2")))
                .hasSize(2);
        assertThat(http.get("/api/v1/data/main.nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void collected_events_are_published_all_or_none() {
        assertThat(Http.json(http.post("/events/one", "{\"a\": 1}"))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(Http.json(http.post("/events/array", "[{\"a\": 1}, {\"a\": 2}]"))
                        .path("accepted")
                        .asInt())
                .isEqualTo(2);
        assertThat(Http.json(http.post("/events/lines", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"))
                        .path("accepted")
                        .asInt())
                .isEqualTo(3);
        assertThat(platform.published.get("lines")).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");

        assertThat(http.post("/events/bad", "{\"a\":1}\n{\"a\":").statusCode()).isEqualTo(400);
        assertThat(http.post("/events/bad", "[1, 2]").statusCode()).isEqualTo(400);
        assertThat(platform.published).doesNotContainKey("bad");
    }

    @Test
    void metrics_count_runs_nodes_rows_and_requests() {
        String metrics = http.get("/metrics").body();

        assertThat(metrics)
                .contains("millrace_runs_seconds_count{command=\"build\",pipeline=\"\",state=\"failed\"}")
                .contains("millrace_nodes_seconds_count{kind=\"model\",status=\"success\"}")
                .contains("millrace_rows_total{kind=\"connection\"}")
                .contains("millrace_runs_open{state=\"queued\"}")
                .contains("millrace_flow_up{node=\"topic.shop.kafka.clicks\"}")
                .contains("millrace_http_requests_seconds_count")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void the_project_is_read_again_on_demand() {
        int before = platform.reloads.get();
        assertThat(http.post("/api/v1/reload", "").statusCode()).isEqualTo(200);
        assertThat(platform.reloads.get()).isEqualTo(before + 1);
    }

    private String submit(String body) {
        HttpResponse<String> answer = http.post("/api/v1/runs", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.json(answer).path("id").asText();
    }

    private JsonNode run(String id) {
        return Http.json(http.get("/api/v1/runs/" + id));
    }

    private JsonNode ended(String id) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> List.of("succeeded", "failed", "cancelled")
                        .contains(run(id).path("state").asText()));
        return run(id);
    }
}
