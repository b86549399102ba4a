package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What connector files mean, and how mistakes in them are told. */
class CdcLayerTest {
    private static final String MISSION = """
            # Debezium CDC
            apiVersion: kafka.strimzi.io/v1beta2
            kind: KafkaConnect
            spec:
              config:
                connector.class: io.debezium.connector.postgresql.PostgresConnector
                database.hostname: postgres
                database.dbname: orders
                table.include.list: public.orders,public.customers
                plugin.name: pgoutput
            """;

    @TempDir
    Path root;

    private CdcProject project;

    @BeforeEach
    void createProject() {
        project = new CdcProject(root).write("millrace.yml", """
                        name: mill
                        profile: lake
                        sources:
                          postgres: {type: postgres, host: db.example, port: 5433, user: me, password: secret}
                        """);
    }

    private Graph graph() {
        return project.graph("ls");
    }

    private MillraceException error() {
        return catchThrowableOfType(MillraceException.class, this::graph);
    }

    @Test
    void the_short_form_of_a_connector_becomes_a_node_and_a_node_for_each_table() {
        project.write("cdc/shop.yml", MISSION);

        assertThat(graph().nodes().stream().map(Node::id).map(Object::toString))
                .containsExactly("cdc.mill.shop", "cdc.mill.shop.orders", "cdc.mill.shop.customers");
        assertThat(graph().nodes().stream()
                        .flatMap(node -> node.relation().stream())
                        .map(Object::toString))
                .containsExactly("raw.orders", "raw.customers");
    }

    @Test
    void a_file_may_hold_several_connectors_of_every_form() {
        project.write("cdc/all.yml", """
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaConnector
                metadata:
                  name: one
                  labels: {strimzi.io/cluster: my-cluster}
                spec:
                  class: io.debezium.connector.postgresql.PostgresConnector
                  tasksMax: 1
                  autoRestart: {enabled: true}
                  config:
                    database.hostname: postgres
                    database.dbname: orders
                    table.include.list: public\\.orders
                    millrace.history: true
                    millrace.schema: one
                ---
                name: two
                config:
                  connector.class: PostgresConnector
                  database.hostname: elsewhere
                  database.port: 5432
                  database.user: me
                  database.dbname: orders
                  table.include.list: public.items
                """);

        assertThat(graph().nodes().stream()
                        .flatMap(node -> node.relation().stream())
                        .map(Object::toString))
                .containsExactly("one.orders", "one.orders__changes", "raw.items");
    }

    @Test
    void a_paused_connector_has_nothing_to_keep_running() {
        project.write("cdc/shop.yml", MISSION.replace("spec:\n", "spec:\n  state: paused\n"));

        assertThat(graph().nodes().iterator().next().trigger()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: KafkaConnect                        | kind: KafkaTopic                     | CONFIG_INVALID    | cdc/shop.yml:3:7
            postgresql.PostgresConnector              | postgresql.PostgreConnector          | ADAPTER_NOT_FOUND | cdc/shop.yml:6:22
            plugin.name: pgoutput                     | plugin.name: wal2json                | CONFIG_INVALID    | cdc/shop.yml:10:5
            plugin.name: pgoutput                     | snapshot.mode: sometimes             | CONFIG_INVALID    | cdc/shop.yml:10:5
            plugin.name: pgoutput                     | millrace.histroy: true               | CONFIG_INVALID    | cdc/shop.yml:10:5
            plugin.name: pgoutput                     | millrace.delete: never               | CONFIG_INVALID    | cdc/shop.yml:10:5
            plugin.name: pgoutput                     | database.port: [1]                   | CONFIG_INVALID    | cdc/shop.yml:10:20
            public.orders,public.customers            | "public.("                           | CONFIG_INVALID    | cdc/shop.yml:9:5
            database.hostname: postgres               | database.hostname: elsewhere         | CONFIG_MISSING    | cdc/shop.yml:2:1
            database.hostname: postgres               | millrace.source: postgers            | CONFIG_MISSING    | cdc/shop.yml:7:5
            database.dbname: orders                   | database.name: orders                | CONFIG_MISSING    | cdc/shop.yml:2:1
            kafka.strimzi.io/v1beta2                  | apps/v1                              | CONFIG_INVALID    | cdc/shop.yml:2:13
            """)
    void a_mistake_is_told_with_its_place(String right, String wrong, ErrorCode code, String position) {
        project.write("cdc/shop.yml", MISSION.replace(right, wrong));

        MillraceException error = error();
        assertThat(error.code()).as(error.text()).isEqualTo(code);
        assertThat(error.position().map(Object::toString)).as(error.text()).hasValue(position);
        assertThat(error.hint()).as(error.text()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: x                        | must not hold 'name'
            tasks.max: 1                   | must not hold 'tasks.max'
            connector.class: Other         | must not hold 'connector.class'
            """)
    void the_config_of_a_kafka_connector_holds_nothing_that_the_resource_says(String line, String message) {
        project.write("cdc/shop.yml", """
                kind: KafkaConnector
                apiVersion: kafka.strimzi.io/v1
                spec:
                  class: io.debezium.connector.postgresql.PostgresConnector
                  config:
                    %s
                """.formatted(line));

        assertThat(error()).hasMessageContaining(message);
        assertThat(error().position().map(Object::toString)).hasValue("cdc/shop.yml:6:5");
    }

    @Test
    void two_classes_that_differ_are_a_conflict() {
        project.write("cdc/shop.yml", MISSION.replace("spec:\n", "spec:\n  class: PostgresConnector\n"));

        assertThat(error()).hasMessageContaining("but spec.class is PostgresConnector");
    }

    @Test
    void a_wrong_state_names_the_right_ones() {
        project.write("cdc/shop.yml", MISSION.replace("spec:\n", "spec:\n  state: pausd\n"));

        assertThat(error().hint()).hasValue("Did you mean 'paused'?");
        assertThat(error().position().map(Object::toString)).hasValue("cdc/shop.yml:5:10");
    }

    @Test
    void a_worker_cluster_without_a_connector_is_none_of_ours() {
        project.write("cdc/cluster.yml", """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaConnect
                metadata: {name: cluster}
                spec:
                  replicas: 3
                  config: {group.id: connect}
                """);

        assertThat(graph().nodes()).isEmpty();
    }

    @Test
    void a_transformation_that_would_hide_data_is_refused() {
        project.write("cdc/shop.yml", MISSION + """
                    transforms: mask
                    transforms.mask.type: org.apache.kafka.connect.transforms.MaskField$Value
                """);

        assertThat(error()).hasMessageContaining("transformation 'mask' would not be applied");
    }
}
