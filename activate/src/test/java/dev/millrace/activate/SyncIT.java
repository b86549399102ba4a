package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.Secret;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.Status;
import dev.millrace.salesforce.SalesforceAuth;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.SalesforceService;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs into a service that behaves as Salesforce does. */
class SyncIT {
    private static final String SYNC = """
            syncs:
              - name: tenants_to_crm
                retries: 0
                source: {warehouse: lake, model: tenants}
                destination: {service: crm, object: Tenant__c}
                mapping:
                  tenant_no: Tenant_No__c
                  rent: Rent__c
                  moved_in: Moved_In__c
            """;

    @TempDir
    private Path folder;

    private SalesforceService crm = start();
    private SyncRig rig;

    @BeforeEach
    void open() {
        project().write("syncs.yml", SYNC);
        rig = SyncRig.open(folder);
        rig.sql("create table main.tenants (tenant_no varchar, rent decimal(10,2), moved_in date, active boolean,"
                + " paid_at timestamptz, sf_id varchar)");
    }

    @AfterEach
    void close() {
        rig.close();
        crm.close();
    }

    private static SalesforceService start() {
        return SalesforceService.builder()
                .object(
                        "Tenant__c",
                        SalesforceField.text("Tenant_No__c", 20).asExternalId().asUnique(),
                        SalesforceField.text("Passport__c", 20).asExternalId(),
                        SalesforceField.currency("Rent__c"),
                        SalesforceField.date("Moved_In__c"),
                        SalesforceField.checkbox("Active__c"),
                        SalesforceField.datetime("Paid_At__c"),
                        SalesforceField.text("Note__c", 10),
                        SalesforceField.text("Score__c", 10).asReadOnly())
                .start();
    }

    private ProjectFolder project() {
        return ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                .salesforceAt(crm.url().toString(), "millrace-secret");
    }

    @Test
    void the_first_run_sends_every_row_in_batches_of_200_and_the_next_sends_nothing() {
        tenants(1, 450);

        NodeResult first = rig.run();

        assertThat(first.status()).isEqualTo(Status.SUCCESS);
        assertThat(first.message()).isEqualTo("sent 450 of 450 rows (0 unchanged)");
        assertThat(first.rows()).hasValue(450);
        assertThat(writes()).extracting(SalesforceRequest::records).containsExactly(200, 200, 50);
        assertThat(writes())
                .extracting(SalesforceRequest::path)
                .allMatch(path -> path.endsWith("/composite/sobjects/Tenant__c/Tenant_No__c"));
        assertDestinationEqualsModel();

        crm.clearRequests();
        NodeResult second = rig.run();

        assertThat(second.message()).isEqualTo("sent 0 of 450 rows (450 unchanged)");
        assertThat(writes()).isEmpty();
    }

    @Test
    void a_changed_row_is_sent_alone() {
        tenants(1, 450);
        rig.run();
        crm.clearRequests();
        rig.sql("update main.tenants set rent = 1 where tenant_no = 't7'");
        rig.sql("update main.tenants set active = not active");

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 1 of 450 rows (449 unchanged)");
        assertThat(writes()).extracting(SalesforceRequest::records).containsExactly(1);
        assertDestinationEqualsModel();
    }

    @Test
    void values_arrive_as_their_fields_hold_them_and_null_clears_a_field() {
        mapping(
                "tenant_no: Tenant_No__c",
                "rent: Rent__c",
                "moved_in: Moved_In__c",
                "active: Active__c",
                "paid_at: Paid_At__c");
        rig.sql(
                "insert into main.tenants values ('t1', 1234567.89, '2024-02-29', true, '2024-03-01 00:30:00+05:30', null)");

        rig.run();

        assertThat(tenant("t1"))
                .containsEntry("Rent__c", new BigDecimal("1234567.89"))
                .containsEntry("Moved_In__c", LocalDate.of(2024, 2, 29))
                .containsEntry("Active__c", true)
                .containsEntry("Paid_At__c", Instant.parse("2024-02-29T19:00:00Z"));

        rig.sql("update main.tenants set moved_in = null, paid_at = null");
        rig.run();

        assertThat(tenant("t1")).doesNotContainKeys("Moved_In__c", "Paid_At__c");
    }

    @Test
    void a_refused_row_is_kept_with_its_reason_and_forgotten_once_it_is_delivered() {
        mapping("tenant_no: Tenant_No__c", "sf_id: Note__c");
        tenants(1, 3);
        rig.sql("update main.tenants set sf_id = 'much longer than ten' where tenant_no = 't2'");

        NodeResult result = rig.run();

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.message()).isEqualTo("sent 2 of 3 rows (0 unchanged), 1 rejected");
        assertThat(result.failures()).hasValue(1);
        assertThat(rig.log()).anyMatch(line -> line.startsWith("1 rejected with STRING_TOO_LONG, such as 't2': Note"));
        assertThat(rejected("key, code, fields, attempts, record"))
                .containsExactly(List.of(
                        "t2",
                        "STRING_TOO_LONG",
                        "Note__c",
                        1L,
                        "{\"Tenant_No__c\":\"t2\",\"Note__c\":\"much longer than ten\"}"));

        assertThat(rig.run().message()).isEqualTo("sent 0 of 3 rows (2 unchanged), 1 rejected");
        assertThat(rejected("attempts")).containsExactly(List.of(2L));

        rig.sql("update main.tenants set sf_id = 'short' where tenant_no = 't2'");

        assertThat(rig.run().message()).isEqualTo("sent 1 of 3 rows (2 unchanged)");
        assertThat(rejected("*")).isEmpty();
        assertThat(tenant("t2")).containsEntry("Note__c", "short");
    }

    @Test
    void a_row_with_a_value_the_field_cannot_hold_does_not_hold_back_the_others() {
        mapping("tenant_no: Tenant_No__c", "sf_id: Rent__c");
        tenants(1, 3);
        rig.sql("update main.tenants set sf_id = case tenant_no when 't2' then 'cheap' else '12.5' end");

        assertThat(rig.run().message()).isEqualTo("sent 2 of 3 rows (0 unchanged), 1 rejected");

        assertThat(rejected("key, code, message"))
                .containsExactly(List.of("t2", "VALUE_NOT_CONVERTIBLE", "Rent__c: 'cheap' is not a number"));
        assertThat(writes()).extracting(SalesforceRequest::records).containsExactly(2);
    }

    @Test
    void rows_without_a_key_or_with_a_key_twice_are_not_sent() {
        tenants(1, 2);
        rig.sql("insert into main.tenants (tenant_no, rent) values ('t2', 5), (null, 6)");

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 1 of 4 rows (0 unchanged), 3 rejected");
        assertThat(rejected("code, message"))
                .containsExactlyInAnyOrder(
                        List.of("KEY_MISSING", "'tenant_no' has no value"),
                        List.of("DUPLICATE_KEY", "duplicate key 't2' in the model: 2 rows have it"),
                        List.of("DUPLICATE_KEY", "duplicate key 't2' in the model: 2 rows have it"));

        rig.sql("delete from main.tenants where rent in (5, 6)");

        assertThat(rig.run().message()).isEqualTo("sent 1 of 2 rows (1 unchanged)");
        assertThat(rejected("*")).isEmpty();
    }

    @Test
    void more_rejected_rows_than_allowed_fail_the_sync_before_anything_is_sent() {
        write("    fail_on_rejected: true\n");
        tenants(1, 2);
        rig.sql("insert into main.tenants (tenant_no) values (null)");

        NodeResult result = rig.run();

        assertThat(error(result).code()).isEqualTo(ErrorCode.ROWS_REJECTED);
        assertThat(result.message()).isEqualTo("1 rows of model.clinic.tenants were rejected; 0 are allowed");
        assertThat(writes()).isEmpty();
        assertThat(rejected("code")).containsExactly(List.of("KEY_MISSING"));
    }

    @Test
    void passing_troubles_of_the_service_are_waited_out() {
        tenants(1, 250);
        crm.faults().onlyFor("composite").unavailable(1).tooManyRequests(1, Duration.ofSeconds(1));

        assertThat(rig.run().status()).isEqualTo(Status.SUCCESS);

        assertThat(writes()).extracting(SalesforceRequest::status).containsExactly(503, 429, 200, 200);
        assertDestinationEqualsModel();
    }

    @Test
    void a_token_that_expires_is_renewed() {
        tenants(1, 450);
        AtomicBoolean expired = new AtomicBoolean();

        NodeResult result = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed && expired.compareAndSet(false, true)) {
                crm.expireTokens();
            }
        });

        assertThat(result.message()).isEqualTo("sent 450 of 450 rows (0 unchanged)");
        assertThat(writes()).extracting(SalesforceRequest::status).contains(401);
        assertDestinationEqualsModel();
    }

    @Test
    void a_batch_whose_answer_was_lost_is_sent_again_and_nothing_is_doubled() {
        tenants(1, 450);
        crm.faults().onlyFor("composite").dropAnswers(2);

        assertThat(rig.run().message()).isEqualTo("sent 450 of 450 rows (0 unchanged)");

        assertThat(crm.records("Tenant__c")).hasSize(450);
        assertDestinationEqualsModel();
    }

    @Test
    void a_failure_keeps_what_was_acknowledged_and_the_next_run_goes_on_from_there() {
        tenants(1, 450);
        AtomicBoolean broken = new AtomicBoolean();

        NodeResult failed = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed && broken.compareAndSet(false, true)) {
                crm.faults().serverError(100);
            }
        });

        assertThat(error(failed).code()).isEqualTo(ErrorCode.DESTINATION_FAILED);
        assertThat(rig.log()).contains("200 rows had been delivered; the next run goes on from there");

        crm.faults().clear();

        assertThat(rig.run().message()).isEqualTo("sent 250 of 450 rows (200 unchanged)");
        assertDestinationEqualsModel();
    }

    @Test
    void a_cancelled_sync_stops_after_the_batch_that_is_under_way() {
        tenants(1, 1000);

        NodeResult cancelled = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeProgressed) {
                stop.run();
            }
        });

        assertThat(error(cancelled).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(crm.records("Tenant__c")).hasSize(200);
        assertThat(rig.run().message()).isEqualTo("sent 800 of 1,000 rows (200 unchanged)");
    }

    @Test
    void cancelling_ends_a_wait_for_the_next_try() {
        tenants(1, 10);
        crm.faults().onlyFor("composite").tooManyRequests(100, Duration.ofSeconds(50));

        NodeResult cancelled = rig.run((event, stop) -> {
            if (event instanceof RunEvent.NodeStarted) {
                Thread canceller = new Thread(
                        () -> {
                            Awaitility.await().until(() -> !writes().isEmpty());
                            stop.run();
                        },
                        "canceller");
                canceller.start();
            }
        });

        assertThat(error(cancelled).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(writes()).hasSize(1);
    }

    @Test
    void a_sync_keyed_by_id_updates_records_and_rejects_unknown_ids() {
        SalesforceClient client = client();
        String known = client.create(
                        "Account", List.of(JsonNodeFactory.instance.objectNode().put("Name", "Rosa")))
                .get(0)
                .id()
                .orElseThrow();
        project().write("syncs.yml", """
                        syncs:
                          - name: tenants_to_crm
                            source: {warehouse: lake, model: tenants}
                            destination: {service: crm, object: Account}
                            mapping: {sf_id: Id, rent: Health_Score__c, moved_in: Last_Order_Date__c}
                        """);
        rig.sql("insert into main.tenants values ('t1', 7.5, '2024-01-02', true, null, '" + known
                + "'), ('t2', 1, null, true, null, '001000000000999AAA'), ('t3', 1, null, true, null, 'nonsense')");

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 1 of 3 rows (0 unchanged), 2 rejected");
        assertThat(crm.records("Account")).hasSize(1);
        assertThat(crm.records("Account").get(0))
                .containsEntry("Name", "Rosa")
                .containsEntry("Health_Score__c", new BigDecimal("7.50"));
        assertThat(rejected("key, code"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.get(1)).isNotEqualTo(""));
    }

    @Test
    void an_update_by_external_id_rejects_rows_without_a_record() {
        tenants(1, 2);
        rig.run();
        write("    mode: update\n");
        tenants(3, 3);
        rig.sql("update main.tenants set rent = 99");

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 2 of 3 rows (0 unchanged), 1 rejected");
        assertThat(crm.records("Tenant__c"))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record).containsEntry("Rent__c", new BigDecimal("99.00")));
        assertThat(rejected("key, code, message"))
                .containsExactly(List.of("t3", "RECORD_NOT_FOUND", "no Tenant__c has Tenant_No__c = \"t3\""));
    }

    @Test
    void an_insert_creates_what_is_missing_and_leaves_the_rest_alone_however_often_it_is_repeated() {
        tenants(1, 2);
        rig.run();
        write("    mode: insert\n    name: inserts\n");
        tenants(3, 4);
        rig.sql("update main.tenants set rent = 99");
        crm.faults().onlyFor("composite").dropAnswers(1);

        NodeResult lost = rig.run();
        assertThat(error(lost).code()).isEqualTo(ErrorCode.CONNECTION_LOST);
        NodeResult again = rig.run();

        assertThat(again.status()).isEqualTo(Status.SUCCESS);
        assertThat(crm.records("Tenant__c")).hasSize(4);
        assertThat(tenant("t1").get("Rent__c")).isNotEqualTo(new BigDecimal("99.00"));
        assertThat(tenant("t4")).containsEntry("Rent__c", new BigDecimal("99.00"));
    }

    @Test
    void a_mirror_deletes_what_left_the_model() {
        write("    mode: mirror\n");
        tenants(1, 5);
        rig.run();
        rig.sql("delete from main.tenants where tenant_no in ('t1', 't2')");
        client().delete(List.of(String.valueOf(tenant("t2").get("Id"))));

        NodeResult result = rig.run();

        assertThat(result.message()).isEqualTo("sent 0 of 3 rows (3 unchanged), deleted 2");
        assertDestinationEqualsModel();
        assertThat(rig.run().message()).isEqualTo("sent 0 of 3 rows (3 unchanged)");
    }

    @Test
    void a_dry_run_says_what_it_would_do_and_changes_nothing() {
        tenants(1, 3);
        rig.sql("insert into main.tenants (tenant_no) values (null)");
        rig.close();
        try (SyncRig dry = SyncRig.openForDryRun(folder)) {
            NodeResult result = dry.run();

            assertThat(result.message()).isEqualTo("dry run: would send 3 of 4 rows (0 unchanged), 1 rejected");
            assertThat(dry.log()).anyMatch(line -> line.startsWith("would send {\"Tenant_No__c\":\"t"));
            assertThat(dry.query("select * from information_schema.tables where table_schema = '_millrace'")
                            .rows())
                    .isEmpty();
        }
        assertThat(writes()).isEmpty();
        rig = SyncRig.open(folder);
    }

    @Test
    void a_full_refresh_sends_everything_again() {
        tenants(1, 3);
        rig.run();
        rig.close();
        try (SyncRig fresh = SyncRig.openForFullRefresh(folder)) {
            assertThat(fresh.run().message()).isEqualTo("sent 3 of 3 rows (0 unchanged)");
        }
        rig = SyncRig.open(folder);
        assertThat(rig.run().message()).isEqualTo("sent 0 of 3 rows (3 unchanged)");
    }

    @Test
    void fields_that_are_not_there_or_read_only_are_told_at_their_lines_before_anything_is_sent() {
        mapping("tenant_no: Tenant_No__c", "rent: Rentt__c", "active: Activ__c");
        tenants(1, 3);

        MillraceException unknown = error(rig.run());

        assertThat(((ProblemsException) unknown).problems())
                .extracting(MillraceException::text)
                .containsExactly(
                        "object 'Tenant__c' has no field 'Rentt__c'", "object 'Tenant__c' has no field 'Activ__c'");
        assertThat(((ProblemsException) unknown).problems().get(0)).satisfies(first -> {
            assertThat(first.hint()).contains("Did you mean 'Rent__c'?");
            assertThat(first.position().orElseThrow().toString()).isEqualTo("syncs.yml:8:13");
        });

        mapping("tenant_no: Tenant_No__c", "rent: Score__c");

        assertThat(error(rig.run()).text()).isEqualTo("field 'Score__c' cannot be written");
        assertThat(writes()).isEmpty();
    }

    @Test
    void a_key_that_does_not_identify_a_record_is_an_error() {
        tenants(1, 1);

        mapping("rent: Rent__c");
        assertThat(error(rig.run()).text()).isEqualTo("no mapped field identifies a record of 'Tenant__c'");

        mapping("tenant_no: Tenant_No__c", "sf_id: Passport__c");
        assertThat(error(rig.run()).text())
                .isEqualTo("several mapped fields identify a record of 'Tenant__c': Tenant_No__c, Passport__c");

        mapping("tenant_no: Tenant_No__c", "rent: Rent__c\n    key: Rent__c");
        assertThat(error(rig.run()).text()).isEqualTo("'Rent__c' is not an external id of 'Tenant__c'");
        assertThat(writes()).isEmpty();
    }

    @Test
    void an_unknown_object_is_told_with_the_nearest_one() {
        project().write("syncs.yml", SYNC.replace("Tenant__c}", "Tenent__c}"));

        MillraceException error = error(rig.run());

        assertThat(error.code()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
        assertThat(error.text()).isEqualTo("'crm' has no object 'Tenent__c'");
        assertThat(error.hint()).contains("Did you mean 'Tenant__c'?");
        assertThat(error.position().orElseThrow().toString()).isEqualTo("syncs.yml:5:41");
    }

    @Test
    void a_wrong_secret_is_an_authentication_error_that_does_not_show_it() {
        project().salesforceAt(crm.url().toString(), "guessed-secret");
        rig.close();
        rig = SyncRig.open(folder);

        MillraceException error = error(rig.run());

        assertThat(error.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThat(error.text() + error.hint()).doesNotContain("guessed-secret");
    }

    @Test
    void a_destination_that_is_not_there_is_a_refused_connection() {
        String url = crm.url().toString();
        crm.close();
        project()
                .write(
                        "millrace.yml",
                        "sources:\n  crm: {type: salesforce, login_url: '" + url
                                + "', client_id: a, client_secret: b, max_attempts: 1}\n");
        rig.close();
        rig = SyncRig.open(folder);

        assertThat(error(rig.run()).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
    }

    @Test
    void a_model_that_was_not_built_is_told_before_the_destination_is_asked() {
        rig.sql("drop table main.tenants");

        assertThat(rig.run().message()).isEqualTo("model.clinic.tenants has not been built: there is no main.tenants");
        assertThat(crm.requests()).isEmpty();
    }

    private void tenants(int from, int to) {
        rig.sql("insert into main.tenants select 't' || i, i + 0.25, date '2020-01-01' + i::int, i % 2 = 0, null, null"
                + " from range(" + from + ", " + (to + 1) + ") r(i)");
    }

    /** Replaces the sync's mapping. */
    private void mapping(String... lines) {
        String head = SYNC.substring(0, SYNC.indexOf("      tenant_no:"));
        project().write("syncs.yml", head + "      " + String.join("\n      ", lines) + "\n");
    }

    /** Adds settings to the sync. */
    private void write(String settings) {
        String text = settings.contains("name:") ? SYNC.replace("  - name: tenants_to_crm\n    ", "  - ") : SYNC;
        project().write("syncs.yml", text + settings);
    }

    private SalesforceClient client() {
        return new SalesforceClient(SalesforceConfig.of(
                crm.url(), new SalesforceAuth.ClientCredentials("millrace", Secret.of("millrace-secret"))));
    }

    private List<SalesforceRequest> writes() {
        return crm.requests().stream().filter(SalesforceRequest::isWrite).toList();
    }

    private Map<String, Object> tenant(String number) {
        return crm.records("Tenant__c").stream()
                .filter(record -> number.equals(record.get("Tenant_No__c")))
                .findFirst()
                .orElseThrow();
    }

    private List<List<Object>> rejected(String columns) {
        return rows("select " + columns + " from _millrace.rejected_tenants_to_crm");
    }

    private List<List<Object>> rows(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        rig.query(sql).rows().forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(String.valueOf(value).isEmpty() || value == null ? "" : value));
            rows.add(values);
        });
        return rows;
    }

    private static MillraceException error(NodeResult result) {
        return result.error().orElseThrow(() -> new AssertionError(result.status() + " " + result.message()));
    }

    private void assertDestinationEqualsModel() {
        List<List<Object>> model = rows("select tenant_no, rent, moved_in from main.tenants");
        List<List<Object>> there = new ArrayList<>();
        crm.records("Tenant__c")
                .forEach(record -> there.add(
                        List.of(record.get("Tenant_No__c"), record.get("Rent__c"), record.get("Moved_In__c"))));
        assertThat(there).containsExactlyInAnyOrderElementsOf(model);
        assertThat(rows("select key from _millrace.delivered_tenants_to_crm"))
                .containsExactlyInAnyOrderElementsOf(rows("select tenant_no from main.tenants"));
    }
}
