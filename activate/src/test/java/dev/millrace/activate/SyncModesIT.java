package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.salesforce.SalesforceClient;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the modes of a sync do. */
class SyncModesIT extends CrmScenario {
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

            assertThat(result.message())
                    .isEqualTo("dry run: would send 3 of 4 rows (3 to insert, 0 to update, 0 unchanged), 1 rejected");
            assertThat(dry.log()).anyMatch(line -> line.startsWith("would insert {\"Tenant_No__c\":\"t"));
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
}
