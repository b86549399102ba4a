package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What syncs.yml may say, and what is said when it is wrong. Nothing is opened. */
class ActivateLayerTest {
    private static final String HEAD = """
            syncs:
              - name: wards_to_crm
                source: {warehouse: lake, model: patients}
                destination: {service: crm, object: Patient__c}
                mapping: {code: Code__c, ward: Ward__c}
            """;

    @TempDir
    private Path folder;

    private ProjectFolder project;

    @BeforeEach
    void create() {
        project = ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                .salesforceAt("http://127.0.0.1:1", "{{ env_var(\"NOT_SET_ANYWHERE\") }}");
    }

    @Test
    void a_sync_is_a_node_from_the_model_to_the_fields_of_the_object() {
        Node sync = sync(HEAD + "    schedule: '@daily'\n    tags: [nightly]\n    description: Wards for the desk\n");

        assertThat(sync.id()).hasToString("sync.clinic.wards_to_crm");
        assertThat(sync.inputs()).extracting(NodeId::toString).containsExactly("model.clinic.patients");
        assertThat(sync.sends()).containsExactly(new Dataset("crm", "Patient__c", List.of("Code__c", "Ward__c")));
        assertThat(sync.tags()).containsExactly("nightly");
        assertThat(sync.description()).isEqualTo("Wards for the desk");
        assertThat(sync.config()).containsEntry("schedule", "@daily");
        assertThat(sync.position()).hasToString("syncs.yml:2:5");
        assertThat(sync.policy().retries()).isEqualTo(2);
    }

    @Test
    void the_secrets_of_a_destination_are_not_needed_before_it_is_used() {
        assertThat(sync(HEAD).step()).isPresent();
    }

    @Test
    void other_spellings_mean_the_same() {
        for (String model : List.of(
                "ref('patients')",
                "\"{{ ref('patients') }}\"",
                "'ref(\"clinic\", \"patients\")'",
                "\"{{ var('model', 'patients') }}\"")) {
            assertThat(sync(HEAD.replace("model: patients", "model: " + model)).inputs())
                    .as(model)
                    .extracting(NodeId::name)
                    .containsExactly("patients");
        }
        assertThat(sync(HEAD.replace(
                                "mapping: {code: Code__c, ward: Ward__c}",
                                "mappings: [{from: code, to: Code__c, is_primary_identifier: true}, {column: ward, field: Ward__c}]"))
                        .sends()
                        .get(0)
                        .fields())
                .containsExactly("Code__c", "Ward__c");
    }

    @Test
    void a_source_of_the_warehouse_can_be_synced_too() {
        assertThat(sync(HEAD.replace("model: patients", "model: \"source('raw', 'visits')\""))
                        .inputs())
                .extracting(NodeId::toString)
                .containsExactly("source.clinic.raw.visits");
        assertThat(sync(HEAD.replace("model: patients", "table: raw.visits")).inputs())
                .extracting(NodeId::toString)
                .containsExactly("source.clinic.raw.visits");
    }

    @Test
    void a_sync_that_is_not_enabled_is_no_node() {
        assertThat(graph(HEAD + "    enabled: false\n").nodes()).noneMatch(node -> node.kind() == NodeKind.SYNC);
    }

    @Test
    void a_project_without_syncs_has_none() {
        assertThat(graph("syncs:\n").nodes()).noneMatch(node -> node.kind() == NodeKind.SYNC);
    }

    @Test
    void unknown_names_are_errors_at_their_place_with_the_nearest_known_one() {
        assertError(
                HEAD.replace("model: patients", "model: pateints"),
                ErrorCode.REF_NOT_FOUND,
                "there is no model, seed, snapshot or source 'pateints'",
                "syncs.yml:3:38",
                "Did you mean 'patients'?");
        assertError(
                HEAD.replace("service: crm", "service: crn"),
                ErrorCode.CONFIG_MISSING,
                "millrace.yml has no destination 'crn'",
                "syncs.yml:4:28",
                "Did you mean 'crm'?");
        assertError(
                HEAD.replace("warehouse: lake", "warehouse: lakee"),
                ErrorCode.PROFILE_NOT_FOUND,
                "profile 'lakee' does not exist",
                "syncs.yml:3:25",
                "Did you mean 'lake'?");
        assertError(
                HEAD + "    mode: upsrt\n",
                ErrorCode.CONFIG_INVALID,
                "a sync cannot 'upsrt'",
                "syncs.yml:6:11",
                "Did you mean 'upsert'?");
        assertError(
                HEAD + "    shedule: '@daily'\n",
                ErrorCode.CONFIG_INVALID,
                "unknown key 'shedule'",
                "syncs.yml:6:5",
                "Did you mean 'schedule'?");
        assertError(
                HEAD + "    key: Cod__c\n",
                ErrorCode.CONFIG_INVALID,
                "'key' names 'Cod__c', which is not among the mapped fields",
                "syncs.yml:6:10",
                "Did you mean 'Code__c'?");
    }

    @Test
    void values_that_cannot_be_are_errors_at_their_place() {
        assertError(
                HEAD.replace("{code: Code__c, ward: Ward__c}", "{}"),
                ErrorCode.CONFIG_INVALID,
                "the mapping is empty",
                "syncs.yml:5:14",
                "Write at least one");
        assertError(
                HEAD.replace("ward: Ward__c", "ward: code__C"),
                ErrorCode.CONFIG_INVALID,
                "two columns are mapped to field 'code__C'; the other at syncs.yml:5:21",
                "syncs.yml:5:36",
                "Map one column");
        assertError(
                HEAD + "    batch_size: 201\n",
                ErrorCode.CONFIG_INVALID,
                "'batch_size' must be from 1 to 200, but is 201",
                "syncs.yml:6:17",
                "");
        assertError(
                HEAD + "    mode: update\n    on_delete: delete\n",
                ErrorCode.CONFIG_INVALID,
                "'on_delete: delete' does not go with mode 'update'",
                "syncs.yml:7:16",
                "only 'upsert' and 'mirror' delete");
        assertError(
                HEAD.replace("warehouse: lake", "warehouse: other"),
                ErrorCode.CONFIG_INVALID,
                "model.clinic.patients is not in warehouse 'other': it is built in duckdb:"
                        + folder.resolve("lake.duckdb"),
                "syncs.yml:3:25",
                "Name the warehouse");
        project.write("millrace.yml", "sources:\n  crm: {type: mysql}\n");
        assertError(
                HEAD,
                ErrorCode.CONFIG_INVALID,
                "syncs cannot deliver to 'crm', which is of type 'mysql'",
                "syncs.yml:4:28",
                "salesforce");
    }

    @Test
    void a_model_that_is_not_a_relation_cannot_be_synced() {
        assertError(
                HEAD.replace("model: patients", "model: only_a_cte"),
                ErrorCode.CONFIG_INVALID,
                "model.clinic.only_a_cte is not a table or view, so there is nothing to read",
                "syncs.yml:3:38",
                "Materialize it");
    }

    @Test
    void all_errors_are_told_together_and_names_may_not_repeat() {
        String text = HEAD
                + HEAD.substring("syncs:\n".length()).replace("name: wards_to_crm", "name: Wards_To_Crm")
                + HEAD.substring("syncs:\n".length())
                        .replace("wards_to_crm", "third")
                        .replace("crm,", "cmr,");

        MillraceException error = fails(text);

        assertThat(((ProblemsException) error).problems())
                .extracting(MillraceException::code)
                .containsExactly(ErrorCode.NODE_DUPLICATE, ErrorCode.CONFIG_MISSING);
        assertThat(((ProblemsException) error).problems().get(0).text())
                .isEqualTo("two syncs are named 'Wards_To_Crm'; the other stands at syncs.yml:2:11");
    }

    @Test
    void a_schedule_is_checked_and_told_to_the_scheduler() {
        assertThat(sync(HEAD + "    schedule: {cron: \"{{ var('when', '0 6 * * *') }}\", timezone: Europe/Vienna}\n")
                        .config())
                .containsEntry("schedule", Map.of("cron", "0 6 * * *", "timezone", "Europe/Vienna"));
        assertError(
                HEAD + "    schedule: '0 25 * * *'\n",
                ErrorCode.CONFIG_INVALID,
                "'25' is no hour in the schedule '0 25 * * *'",
                "syncs.yml:6:16",
                "It goes from 0 to 23");
    }

    @Test
    void what_is_wrong_with_a_sync_to_an_http_service_is_found_before_anything_runs() {
        project.write("millrace.yml", "destinations:\n  hook: {type: webhook, url: 'http://127.0.0.1:1'}\n");
        String head = """
                syncs:
                  - name: wards
                    source: patients
                    mapping: {code: id, ward: ward}
                    destination:
                      service: hook
                """;
        assertError(
                head,
                ErrorCode.CONFIG_MISSING,
                "nothing says which mapped field identifies a record",
                "syncs.yml:6:16",
                "key: id");
        assertError(
                head + "      key: id\n      body: {a: '{{ record.id }', b: 1}\n",
                ErrorCode.TEMPLATE_SYNTAX,
                "unexpected '}'",
                "syncs.yml:8:31",
                "");
        assertError(
                head + "      key: id\n      body: {a: '{{ record.wart }}'}\n",
                ErrorCode.CONFIG_INVALID,
                "the template names 'wart', which is not among the mapped fields",
                "syncs.yml:8:18",
                "Did you mean 'ward'?");
        assertError(
                head + "      key: id\n      object: '/wards/{{ key }}'\n    batch_size: 10\n",
                ErrorCode.CONFIG_INVALID,
                "several records cannot share a request whose path differs from record to record",
                "syncs.yml:8:16",
                "batch_size: 1");
        assertError(
                head + "      key: id\n    mode: mirror\n",
                ErrorCode.CONFIG_MISSING,
                "the mirror deletes records, but nothing says which request deletes one",
                "syncs.yml:6:16",
                "delete: {method: DELETE");
        assertError(
                head + "      key: id\n      method: PSOT\n",
                ErrorCode.CONFIG_INVALID,
                "'PSOT' is no method to write with",
                "syncs.yml:8:7",
                "Did you mean 'POST'?");
        assertError(
                head + "      key: [id, wart]\n",
                ErrorCode.CONFIG_INVALID,
                "'key' names 'wart', which is not among the mapped fields",
                "syncs.yml:7:12",
                "Did you mean 'ward'?");
    }

    @Test
    void salesforce_takes_one_key_only() {
        assertError(
                HEAD + "    external_id: [code, ward]\n",
                ErrorCode.CONFIG_INVALID,
                "a record of Salesforce has one key, but 2 fields are named",
                "syncs.yml:5:36",
                "Name the one external id.");
    }

    private Node sync(String syncs) {
        return graph(syncs).nodes().stream()
                .filter(node -> node.kind() == NodeKind.SYNC)
                .findFirst()
                .orElseThrow();
    }

    private Graph graph(String syncs) {
        Project loaded = project.write("syncs.yml", syncs).load();
        try (Warehouses warehouses = new Warehouses(loaded)) {
            GraphBuilder graph = new GraphBuilder();
            graph.add(ProjectFolder.model(loaded, warehouses, "patients"));
            graph.add(
                    Node.builder(new NodeId(NodeKind.MODEL, "clinic", "only_a_cte"), new Position("models/c.sql", 1, 1))
                            .build());
            graph.add(Node.builder(
                            new NodeId(NodeKind.SOURCE, "clinic", "raw.visits"), new Position("models/s.yml", 1, 1))
                    .describes(warehouses.relation(loaded.target(), "raw", "visits"))
                    .build());
            new ActivateLayer(warehouses).contribute(loaded, graph);
            return graph.build();
        }
    }

    private MillraceException fails(String syncs) {
        return catchThrowableOfType(MillraceException.class, () -> graph(syncs));
    }

    private void assertError(String syncs, ErrorCode code, String message, String position, String hint) {
        MillraceException error = fails(syncs);
        assertThat(error.text()).isEqualTo(message);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.position().orElseThrow()).hasToString(position);
        assertThat(error.hint().orElse("")).contains(hint);
    }
}
