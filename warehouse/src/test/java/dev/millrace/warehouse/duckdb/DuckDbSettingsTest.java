package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbSettingsTest {
    @TempDir
    Path folder;

    @Test
    void two_profiles_of_one_file_are_one_warehouse() throws Exception {
        Files.writeString(folder.resolve("dbt_project.yml"), "name: shop\nprofile: shop\n");
        Files.writeString(folder.resolve("profiles.yml"), """
                shop:
                  target: dev
                  outputs: {dev: {type: duckdb, path: data/shop.duckdb, schema: analytics}}
                raw:
                  target: dev
                  outputs: {dev: {type: duckdb, path: ./data/../data/shop.duckdb}}
                """);
        Project project = ProjectLoader.load(Invocation.of("build", folder));
        try (Warehouses warehouses = new Warehouses(project)) {
            Warehouse one = warehouses.warehouse(project.target());
            assertThat(warehouses.warehouse(project.warehouse("raw", null))).isSameAs(one);
            assertThat(one.identity()).isEqualTo("duckdb:" + folder.toRealPath().resolve("data/shop.duckdb"));
            assertThat(one.database()).isEqualTo("shop");
            assertThat(warehouses.factory(project.target()).schema(project, project.target()))
                    .isEqualTo("analytics");
            try (Session session = one.open()) {
                assertThat(session.query("select current_database()").single()).isEqualTo("shop");
            }
        }
        assertThat(folder.resolve("data/shop.duckdb")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.duckdb", "my.old.db", "no-extension", "sp ace.db", "temp.db", "system.duckdb", "main.db"})
    void the_database_is_named_as_duckdb_names_it(String file) {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve(file));
                Session session = warehouse.open()) {
            assertThat(session.query("select current_database()").single()).isEqualTo(warehouse.database());
            session.execute("create table " + session.dialect().quote(warehouse.relation("main", "t")) + " (i int)");
        }
    }

    @Test
    void settings_apply_to_every_session() {
        Map<String, ?> profile = Map.of(
                "path",
                "shop.duckdb",
                "settings",
                Map.of("memory_limit", "123MB", "TimeZone", "Asia/Tokyo", "search_path", "information_schema"),
                "extensions",
                List.of("json", Map.of("name", "icu")));
        try (Warehouse warehouse = TestWarehouses.open(folder, profile)) {
            for (int i = 0; i < 2; i++) {
                try (Session session = warehouse.open()) {
                    assertThat(session.query(
                                            "select current_setting('TimeZone'), current_setting('search_path') like '%information_schema%'")
                                    .rows()
                                    .get(0))
                            .containsExactly("Asia/Tokyo", true);
                    assertThat(String.valueOf(session.query("select current_setting('memory_limit')")
                                    .single()))
                            .startsWith("117");
                }
            }
        }
    }

    @Test
    void other_databases_are_attached() {
        try (Warehouse lake = TestWarehouses.file(folder.resolve("lake.duckdb"));
                Session session = lake.open()) {
            session.execute("create table t as select 42 as answer");
        }
        Map<String, ?> profile = Map.of(
                "path",
                "shop.duckdb",
                "attach",
                List.of(Map.of("path", "lake.duckdb", "alias", "big lake", "read_only", true)));
        try (Warehouse warehouse = TestWarehouses.open(folder, profile);
                Session session = warehouse.open()) {
            assertThat(session.query("select answer from \"big lake\".main.t").singleLong())
                    .isEqualTo(42);
            assertThatThrownBy(() -> session.execute("create table \"big lake\".main.u (i int)"))
                    .hasMessageContaining("read-only");
        }
    }

    @Test
    void an_attached_database_can_be_the_one_models_go_to() {
        Map<String, ?> profile = Map.of(
                "path",
                ":memory:",
                "database",
                "lake",
                "attach",
                List.of(Map.of("path", "lake.duckdb", "alias", "lake")));
        try (Warehouse warehouse = TestWarehouses.open(folder, profile);
                Session session = warehouse.open()) {
            assertThat(warehouse.database()).isEqualTo("lake");
            assertThat(session.query("select current_database()").single()).isEqualTo("lake");
        }
    }

    @Test
    void a_read_only_database_is_not_written() {
        TestWarehouses.file(folder.resolve("shop.duckdb")).close();
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of("path", "shop.duckdb", "read_only", true));
                Session session = warehouse.open()) {
            assertThatThrownBy(() -> session.execute("create table t (i int)")).hasMessageContaining("read-only");
        }
    }

    @Test
    void a_database_that_cannot_be_attached_is_named_without_its_path() {
        Map<String, ?> profile = Map.of(
                "attach", List.of(Map.of("path", "/nowhere/hush:hush/x.duckdb", "alias", "lake", "read_only", true)));
        assertThatThrownBy(() -> TestWarehouses.open(folder, profile))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.WAREHOUSE_FAILED);
                    assertThat(e.text()).contains("cannot attach lake").doesNotContain("hush");
                });
    }

    @Test
    void closing_a_warehouse_lets_go_of_the_file_whatever_is_still_open() {
        Path file = folder.resolve("shop.duckdb");
        Warehouse warehouse = TestWarehouses.file(file);
        Session forgotten = warehouse.open();
        warehouse.close();
        assertThatThrownBy(() -> forgotten.query("select 1")).isInstanceOf(MillraceException.class);
        // Other settings would be refused if the database were still open in this process.
        Map<String, ?> profile = Map.of("path", file.toString(), "config_options", Map.of("access_mode", "READ_ONLY"));
        TestWarehouses.open(folder, profile).close();
    }

    @Test
    void what_cannot_be_done_is_refused_where_it_stands() {
        refused(Map.of("path", "md:shop"), "'path'");
        refused(Map.of("path", "shop.duckdb", "database", "other"), "'shop'");
        refused(Map.of("path", "shop.duckdb", "plugins", List.of("excel")), "'plugins'");
    }

    private void refused(Map<String, ?> profile, String message) {
        assertThatThrownBy(() -> TestWarehouses.open(folder, profile))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
                    assertThat(e.position()).isPresent();
                    assertThat(e.text()).contains(message);
                });
    }
}
