package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.SalesforceService;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that syncs, at points it does not choose. */
class CrashIT {
    private static final int ROWS = 10_000;
    private static final int BATCHES = ROWS / 200;
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    @Test
    void a_sync_that_is_killed_loses_nothing_and_doubles_nothing() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (SalesforceService crm = SalesforceService.builder()
                .object(
                        "Tenant__c",
                        SalesforceField.text("Tenant_No__c", 20).asExternalId().asUnique(),
                        SalesforceField.currency("Rent__c"))
                .start()) {
            ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                    .salesforceAt(crm.url().toString(), "millrace-secret")
                    .write("syncs.yml", """
                            syncs:
                              - name: rents
                                source: tenants
                                destination: {service: crm, object: Tenant__c}
                                mode: mirror
                                mapping: {tenant_no: Tenant_No__c, rent: Rent__c}
                            """);
            try (SyncRig rig = SyncRig.open(folder)) {
                rig.sql("create table main.tenants as select 't' || i as tenant_no, (i % 1000)::decimal(10,2) as rent"
                        + " from range(" + ROWS + ") r(i)");
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                int after = 1 + random.nextInt(BATCHES - 1);
                String context = "seed " + seed + ", kill " + kill + " after " + after + " batches";
                crm.clearRequests();
                crm.faults().latency(Duration.ofMillis(2));
                Process process = SyncProcess.start(folder);
                await(context).atMost(Duration.ofMinutes(1)).until(() -> writes(crm) >= after || !process.isAlive());
                process.destroyForcibly().waitFor();
                crm.faults().clear();

                try (SyncRig rig = SyncRig.open(folder)) {
                    crm.clearRequests();
                    NodeResult result = rig.run();

                    assertThat(result.status()).as(context).isEqualTo(Status.SUCCESS);
                    assertThat(writes(crm)).as(context).isLessThanOrEqualTo(BATCHES - after + 2);
                    assertThat(there(crm)).as(context).isEqualTo(model(rig));
                    assertThat(rig.query("select key from _millrace.delivered_rents order by key")
                                    .rows())
                            .as(context)
                            .isEqualTo(rig.query("select tenant_no from main.tenants order by tenant_no")
                                    .rows());
                    assertThat(rig.run().message()).as(context).startsWith("sent 0 of 10,000 rows");

                    rig.sql("update main.tenants set rent = rent + 1");
                    rig.sql("update main.tenants set tenant_no = 'n" + kill + "-' || tenant_no where rent % 100 = "
                            + kill);
                }
            }
        }
    }

    private static long writes(SalesforceService crm) {
        return crm.requests().stream().filter(SalesforceRequest::isWrite).count();
    }

    private static Map<String, BigDecimal> there(SalesforceService crm) {
        Map<String, BigDecimal> rents = new HashMap<>();
        List<Map<String, Object>> records = crm.records("Tenant__c");
        records.forEach(
                record -> rents.put(String.valueOf(record.get("Tenant_No__c")), (BigDecimal) record.get("Rent__c")));
        assertThat(rents).hasSize(records.size());
        return rents;
    }

    private static Map<String, BigDecimal> model(SyncRig rig) {
        Map<String, BigDecimal> rents = new HashMap<>();
        rig.query("select tenant_no, rent from main.tenants")
                .rows()
                .forEach(row -> rents.put(String.valueOf(row.get(0)), (BigDecimal) row.get(1)));
        return rents;
    }
}
