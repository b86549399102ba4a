package dev.millrace.ingest;

import static dev.millrace.ingest.TestProject.error;
import static dev.millrace.ingest.TestProject.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.RunResult;
import dev.millrace.salesforce.SalesforceAuth;
import dev.millrace.salesforce.SalesforceClient;
import dev.millrace.salesforce.SalesforceConfig;
import dev.millrace.salesforce.SaveResult;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceRequest;
import dev.millrace.testkit.SalesforceService;
import dev.millrace.warehouse.Warehouses;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesforceIngestIT {
    @TempDir
    Path root;

    private SalesforceService service;
    private SalesforceClient client;
    private TestProject project;

    @BeforeEach
    void startService() {
        service = SalesforceService.builder()
                .object(
                        "Machine__c",
                        SalesforceField.number("Weight__c", 18, 4),
                        SalesforceField.checkbox("Ready__c"),
                        SalesforceField.integer("Count__c"),
                        SalesforceField.date("Built__c"),
                        SalesforceField.datetime("Seen__c"))
                .start();
        client = new SalesforceClient(SalesforceConfig.of(
                service.url(), new SalesforceAuth.ClientCredentials("millrace", Secret.of("millrace-secret"))));
        project = new TestProject(root)
                .source("{type: salesforce, login_url: '" + service.url()
                        + "', client_id: millrace, client_secret: millrace-secret}");
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void values_arrive_exactly() {
        create("Machine__c", record("Name", "Press").put("Weight__c", new BigDecimal("12345678901234.5678")));
        create(
                "Machine__c",
                record("Name", "Säge")
                        .put("Ready__c", true)
                        .put("Count__c", 7)
                        .put("Built__c", "2021-02-03")
                        .put("Seen__c", "2021-02-03T04:05:06.789Z"));
        project.connection("streams: [Machine__c]");

        RunResult run = project.ingest();

        assertThat(result(run, "Machine__c").status()).isEqualTo(Status.SUCCESS);
        assertThat(project.rows("select name, weight__c, ready__c, count__c, built__c, epoch_ms(seen__c) from"
                        + " raw.machine__c order by name"))
                .containsExactly(
                        "Press|12345678901234.5678|false|null|null|null", "Säge|null|true|7|2021-02-03|1612325106789");
        assertThat(project.rows("select typeof(weight__c), typeof(seen__c) from raw.machine__c limit 1"))
                .containsExactly("DECIMAL(18,4)|TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void all_pages_of_a_large_object_are_read() {
        List<ObjectNode> batch = new ArrayList<>();
        for (int i = 0; i < 4500; i++) {
            batch.add(record("Name", "Machine " + i));
            if (batch.size() == SalesforceClient.MAX_RECORDS) {
                client.create("Machine__c", batch);
                batch.clear();
            }
        }
        client.create("Machine__c", batch);
        project.connection("streams: [Machine__c]").ingest();

        assertThat(project.rows("select count(*), count(distinct id) from raw.machine__c"))
                .containsExactly("4500|4500");
    }

    @Test
    void an_increment_reads_changed_records_and_marks_deleted_ones() {
        String kept = create("Machine__c", record("Name", "kept"));
        String changed = create("Machine__c", record("Name", "old"));
        String deleted = create("Machine__c", record("Name", "deleted"));
        project.connection("sync_mode: incremental", "streams: [Machine__c]").ingest();
        client.update("Machine__c", List.of(record("Id", changed).put("Name", "new")));
        client.delete(List.of(deleted));
        service.clearRequests();

        project.ingest();

        assertThat(project.rows("select name, isdeleted, id from raw.machine__c order by name"))
                .containsExactly("deleted|true|" + deleted, "kept|false|" + kept, "new|false|" + changed);
        assertThat(service.requests())
                .map(SalesforceRequest::soql)
                .anyMatch(soql -> soql.toString().contains("SystemModstamp >= "));
    }

    @Test
    void without_streams_the_objects_that_models_read_are_read() {
        create("Machine__c", record("Name", "Press"));
        project.connection("sync_mode: full_refresh");

        Graph graph = project.graph("build", reading("raw", "machine__c"));

        Node connection = graph.require(new NodeId(NodeKind.CONNECTION, "mill", "shopdb_to_lake.Machine__c"));
        assertThat(graph.children(connection.id()))
                .containsExactly(new NodeId(NodeKind.SOURCE, "mill", "raw.machine__c"));
    }

    @Test
    void a_source_called_by_the_connections_own_source_is_fed_where_dbt_looks_for_it() {
        create("Machine__c", record("Name", "Press"));
        project.connection("sync_mode: full_refresh");

        Graph graph = project.graph("build", reading("shopdb", "machine__c"));

        Node connection = graph.require(new NodeId(NodeKind.CONNECTION, "mill", "shopdb_to_lake.Machine__c"));
        assertThat(connection.relation().orElseThrow()).hasToString("shopdb.machine__c");
        assertThat(graph.children(connection.id()))
                .containsExactly(new NodeId(NodeKind.SOURCE, "mill", "shopdb.machine__c"));
    }

    @Test
    void a_schema_that_is_given_is_where_everything_lands() {
        create("Machine__c", record("Name", "Press"));
        project.connection("schema: crm");

        Graph graph = project.graph("build", reading("crm", "machine__c"));

        Node connection = graph.require(new NodeId(NodeKind.CONNECTION, "mill", "shopdb_to_lake.Machine__c"));
        assertThat(connection.relation().orElseThrow()).hasToString("crm.Machine__c");
    }

    @Test
    void a_connection_nobody_reads_from_says_so() {
        project.connection("sync_mode: full_refresh");

        RunResult run = project.ingest();

        assertThat(run.nodes()).hasSize(1);
        assertThat(run.nodes().get(0).status()).isEqualTo(Status.WARN);
        assertThat(run.nodes().get(0).message()).contains("nothing to read");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void wrong_credentials_are_reported_where_they_are_written() {
        project.source("{type: salesforce, login_url: '" + service.url() + "', client_id: millrace, client_secret: no}")
                .connection("streams: [Machine__c]");

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        dev.millrace.core.MillraceException.class, project::ingest))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                    assertThat(e.position())
                            .hasValueSatisfying(at -> assertThat(at.file()).isEqualTo("millrace.yml"));
                });
    }

    @Test
    void a_number_with_more_digits_than_its_field_is_not_rounded() {
        create("Machine__c", record("Name", "Press").put("Weight__c", new BigDecimal("1.5")));
        project.connection("streams: [{name: Machine__c, types: {Weight__c: 'decimal(5,0)'}}]");

        RunResult run = project.ingest();

        assertThat(error(run, "Machine__c").code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(error(run, "Machine__c")).hasMessageContaining("Machine__c.Weight__c");
    }

    private Consumer<GraphBuilder> reading(String schema, String table) {
        Project loaded = ProjectLoader.load(Invocation.of("build", root));
        try (Warehouses warehouses = new Warehouses(loaded)) {
            Node source = Node.builder(
                            new NodeId(NodeKind.SOURCE, "mill", schema + "." + table), Position.ofFile("models/m.sql"))
                    .describes(warehouses.relation(loaded.target(), schema, table))
                    .attributes(Map.of("source_name", schema))
                    .build();
            return graph -> graph.addUndeclaredSource(source);
        }
    }

    private String create(String object, ObjectNode record) {
        SaveResult result = client.create(object, List.of(record)).get(0);
        assertThat(result.errors()).isEmpty();
        return result.id().orElseThrow();
    }

    private static ObjectNode record(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }
}
