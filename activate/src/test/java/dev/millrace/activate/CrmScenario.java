package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.run.NodeResult;
import dev.millrace.salesforce.SalesforceAuth;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.SalesforceService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Salesforce with tenants, a warehouse with the model {@code tenants}, and a sync from one to the other. */
abstract class CrmScenario {
    static final String SYNC = """
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
    Path folder;

    SalesforceService crm = start();
    SyncRig rig;

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

    ProjectFolder project() {
        return ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                .salesforceAt(crm.url().toString(), "millrace-secret");
    }

    void tenants(int from, int to) {
        rig.sql("insert into main.tenants select 't' || i, i + 0.25, date '2020-01-01' + i::int, i % 2 = 0, null, null"
                + " from range(" + from + ", " + (to + 1) + ") r(i)");
    }

    /** Replaces the sync's mapping. */
    void mapping(String... lines) {
        String head = SYNC.substring(0, SYNC.indexOf("      tenant_no:"));
        project().write("syncs.yml", head + "      " + String.join("\n      ", lines) + "\n");
    }

    /** Adds settings to the sync. */
    void write(String settings) {
        String text = settings.contains("name:") ? SYNC.replace("  - name: tenants_to_crm\n    ", "  - ") : SYNC;
        project().write("syncs.yml", text + settings);
    }

    SalesforceClient client() {
        return new SalesforceClient(SalesforceConfig.of(
                crm.url(), new SalesforceAuth.ClientCredentials("millrace", Secret.of("millrace-secret"))));
    }

    List<SalesforceRequest> writes() {
        return crm.requests().stream().filter(SalesforceRequest::isWrite).toList();
    }

    Map<String, Object> tenant(String number) {
        return crm.records("Tenant__c").stream()
                .filter(record -> number.equals(record.get("Tenant_No__c")))
                .findFirst()
                .orElseThrow();
    }

    List<List<Object>> rejected(String columns) {
        return rows("select " + columns + " from _millrace.rejected_tenants_to_crm");
    }

    List<List<Object>> rows(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        rig.query(sql).rows().forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(String.valueOf(value).isEmpty() || value == null ? "" : value));
            rows.add(values);
        });
        return rows;
    }

    static MillraceException error(NodeResult result) {
        return result.error().orElseThrow(() -> new AssertionError(result.status() + " " + result.message()));
    }

    void assertDestinationEqualsModel() {
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
