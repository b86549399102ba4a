package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.testkit.HttpInbox;
import dev.millrace.testkit.HttpInbox.Answer;
import dev.millrace.testkit.HttpInbox.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs to a real HTTP service. */
class HttpSyncIT {
    private static final String SYNC = """
            syncs:
              - name: tenants_to_hook
                retries: 0
                source: tenants
                mapping: {tenant_no: id, rent: rent, moved_in: since}
                destination:
                  service: hook
                  object: /tenants
                  key: id
            """;

    @TempDir
    private Path folder;

    private final HttpInbox inbox = HttpInbox.start();
    private SyncRig rig;

    @BeforeEach
    void open() {
        write(SYNC);
        rig.sql("create table main.tenants as select 't' || i as tenant_no, (i + 0.50)::decimal(10,2) as rent,"
                + " date '2020-01-01' + i::int as moved_in from range(1, 4) r(i)");
    }

    @AfterEach
    void close() {
        rig.close();
        inbox.close();
    }

    @Test
    void each_new_or_changed_row_is_a_request_with_a_key_of_its_own() {
        assertThat(rig.run().message()).isEqualTo("sent 3 of 3 rows (0 unchanged)");

        assertThat(inbox.accepted())
                .extracting(Request::method, Request::path, Request::body)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "POST", "/in/tenants", "{\"id\":\"t1\",\"rent\":1.50,\"since\":\"2020-01-02\"}"))
                .hasSize(3);
        assertThat(inbox.accepted())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("authorization", "Bearer hook-token")
                        .containsEntry("content-type", "application/json")
                        .containsEntry("x-shop", "mill"));

        for (int rent : new int[] {100, 200, 100}) {
            rig.sql("update main.tenants set rent = " + rent + " where tenant_no = 't1'");
            assertThat(rig.run().message()).isEqualTo("sent 1 of 3 rows (2 unchanged)");
        }
        // That the rent is 100 again is another change than the first time.
        assertThat(inbox.accepted()).hasSize(6);
        assertThat(inbox.accepted().stream()
                        .map(request -> request.headers().get("idempotency-key"))
                        .distinct())
                .hasSize(6);
    }

    @Test
    void path_and_body_are_templates_over_the_record() {
        write("""
                syncs:
                  - name: tenants_to_hook
                    source: tenants
                    mapping: {tenant_no: id, rent: rent}
                    destination:
                      service: hook
                      object: "/tenants/{{ record.id }}"
                      method: PUT
                      key: id
                      body:
                        event: "tenant.{{ operation }}"
                        data: {number: "{{ record.id }}", rent: "{{ record.rent }}"}
                """);
        rig.sql("delete from main.tenants where tenant_no <> 't1'");
        rig.sql("update main.tenants set tenant_no = 'a/b c'");
        rig.run();
        rig.sql("update main.tenants set rent = 7");
        rig.run();

        assertThat(inbox.accepted())
                .extracting(request -> request.method() + " " + request.path() + " " + request.body())
                .containsExactly(
                        "PUT /in/tenants/a%2Fb%20c {\"event\":\"tenant.insert\",\"data\":{\"number\":\"a/b c\",\"rent\":1.50}}",
                        "PUT /in/tenants/a%2Fb%20c {\"event\":\"tenant.update\",\"data\":{\"number\":\"a/b c\",\"rent\":7.00}}");
    }

    @Test
    void a_batch_is_one_request_and_its_answer_may_tell_of_each_record() {
        write(SYNC + "      results: {list: outcome.items, success: ok, error: why}\n    batch_size: 10\n");
        inbox.answering(request -> Answer.of(
                200,
                request.body().contains("\"t2\"")
                        ? "{\"outcome\":{\"items\":[{\"ok\":true},{\"ok\":true},{\"ok\":false,\"why\":\"nobody lives there\"}]}}"
                        : "[]"));
        rig.sql("create or replace table main.tenants as from main.tenants order by tenant_no = 't2', tenant_no");

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 2 of 3 rows (0 unchanged), 1 rejected");
        assertThat(inbox.received())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.body()).startsWith("[{\"id\":\"t1\"").endsWith("}]"));
        assertThat(rejected()).containsExactly("REFUSED|nobody lives there");
    }

    @Test
    void a_batch_that_is_refused_is_halved_until_the_row_is_alone() {
        write(SYNC + "    batch_size: 10\n");
        inbox.answering(request -> request.body().contains("\"t2\"")
                ? Answer.of(422, "{\"error\": \"t2 is on the black list\"}")
                : Answer.of(201, ""));

        assertThat(rig.run().message()).isEqualTo("sent 2 of 3 rows (0 unchanged), 1 rejected");

        assertThat(rejected()).containsExactly("HTTP_422|HTTP 422: {\"error\": \"t2 is on the black list\"}");
    }

    @Test
    void what_may_pass_is_tried_again_and_told() {
        inbox.next(
                new Answer(429, "slow down", Map.of("Retry-After", "0")),
                new Answer(503, "", Map.of("Retry-After", "0")));

        assertThat(rig.run().message()).isEqualTo("sent 3 of 3 rows (0 unchanged)");

        assertThat(inbox.received()).hasSize(5);
        assertThat(rig.log())
                .anyMatch(line -> line.contains("answered HTTP 429: slow down; trying again (2 of 4)"))
                .anyMatch(line -> line.contains("answered HTTP 503; trying again (3 of 4)"));
    }

    @Test
    void what_does_not_pass_fails_the_sync_and_the_next_run_goes_on() {
        Answer down = new Answer(503, "", Map.of("Retry-After", "0"));
        inbox.next(Answer.of(200, ""), down, down, down, down);

        assertThat(error(rig.run()).code()).isEqualTo(ErrorCode.DESTINATION_FAILED);

        assertThat(rig.run().message()).isEqualTo("sent 2 of 3 rows (1 unchanged)");
        assertThat(inbox.accepted()).hasSize(3);
    }

    @Test
    void wrong_credentials_and_a_wrong_path_are_errors_of_the_sync_not_of_its_rows() {
        inbox.next(Answer.of(401, "who are you?"));
        assertThat(error(rig.run()).code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);

        inbox.next(Answer.of(404, ""));
        assertThat(error(rig.run())).hasMessageContaining("/in/tenants answered HTTP 404");
    }

    @Test
    void a_mirror_asks_for_deletions() {
        write(SYNC + "      delete: {object: '/tenants/{{ key }}'}\n    mode: mirror\n");
        rig.run();
        rig.sql("delete from main.tenants where tenant_no in ('t1', 't2')");
        inbox.answering(request -> Answer.of(request.path().endsWith("t1") ? 404 : 204, ""));

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 0 of 1 row (1 unchanged), deleted 2");
        assertThat(inbox.received().subList(3, 5))
                .extracting(request -> request.method() + " " + request.path() + request.body())
                .containsExactlyInAnyOrder("DELETE /in/tenants/t1", "DELETE /in/tenants/t2");
    }

    @Test
    void an_update_whose_record_is_not_there_is_rejected() {
        write(SYNC.replace("object: /tenants", "object: '/tenants/{{ record.id }}'") + "    mode: update\n");
        inbox.answering(request -> Answer.of(request.path().endsWith("t2") ? 404 : 200, ""));

        NodeResult result = rig.run();

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(inbox.received()).extracting(Request::method).containsOnly("PATCH");
        assertThat(rejected()).containsExactly("RECORD_NOT_FOUND|HTTP 404");
    }

    @Test
    void a_mirror_that_is_killed_loses_nothing_and_no_change_counts_twice() throws Exception {
        write("""
                syncs:
                  - name: tenants_to_hook
                    source: tenants
                    mode: mirror
                    mapping: {tenant_no: id, rent: rent}
                    destination:
                      service: hook
                      object: "/tenants/{{ key }}"
                      method: PUT
                      key: id
                      delete: {}
                """);
        rig.sql("drop table main.tenants");
        rig.close();

        new KilledSync(folder, () -> inbox.accepted().size()).killAndGoOn(300, 300, (own, context) -> {
            Map<String, String> model = new TreeMap<>();
            own.query("select tenant_no, rent from main.tenants")
                    .rows()
                    .forEach(row -> model.put(
                            "/in/tenants/" + row.get(0),
                            "{\"id\":\"" + row.get(0) + "\",\"rent\":" + row.get(1) + "}"));
            assertThat(state()).as(context).isEqualTo(model);
        });
        rig = SyncRig.open(folder);
    }

    /** What the service holds after all it has accepted: each change once. */
    private Map<String, String> state() {
        Map<String, String> records = new TreeMap<>();
        for (Request request : inbox.accepted()) {
            if (request.method().equals("DELETE")) {
                assertThat(records.remove(request.path())).isNotNull();
            } else {
                assertThat(records.put(request.path(), request.body())).isNotEqualTo(request.body());
            }
        }
        return records;
    }

    private void write(String syncs) {
        if (rig != null) {
            rig.close();
        }
        ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                .write("millrace.yml", """
                        destinations:
                          hook:
                            type: http
                            url: %s/in/
                            headers: {X-Shop: mill}
                            auth: {type: bearer, token: hook-token}
                            max_attempts: 4
                            rate_limit: 1000/second
                        """.formatted(inbox.url()))
                .write("syncs.yml", syncs);
        rig = SyncRig.open(folder);
    }

    private List<String> rejected() {
        List<String> rows = new ArrayList<>();
        rig.query("select code, message from _millrace.rejected_tenants_to_hook")
                .rows()
                .forEach(row -> rows.add(row.get(0) + "|" + row.get(1)));
        return rows;
    }

    private static MillraceException error(NodeResult result) {
        return result.error().orElseThrow(() -> new AssertionError(result.status() + " " + result.message()));
    }
}
