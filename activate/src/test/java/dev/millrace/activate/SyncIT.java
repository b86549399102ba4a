package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.testkit.SalesforceRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sync sends, and what it keeps of it. */
class SyncIT extends CrmScenario {
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
    void syncs_that_run_together_do_not_disturb_each_other_whatever_their_names() {
        String other = SYNC.substring("syncs:\n".length());
        project()
                .write(
                        "syncs.yml",
                        SYNC
                                + other.replace("tenants_to_crm", "\"rents, 'weekly' (A/B)\"")
                                + other.replace("tenants_to_crm", "third"));
        tenants(1, 450);

        assertThat(rig.runAll())
                .extracting(NodeResult::message)
                .containsOnly("sent 450 of 450 rows (0 unchanged)")
                .hasSize(3);
        assertThat(rig.runAll()).extracting(NodeResult::message).containsOnly("sent 0 of 450 rows (450 unchanged)");
        assertDestinationEqualsModel();
    }
}
