package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbCatalogTest {
    @TempDir
    Path folder;

    @Test
    void names_compare_without_regard_to_case_and_may_hold_anything() {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("my shop.duckdb"));
                Session session = warehouse.open()) {
            String schema = "Order \"Data\"";
            RelationName name = warehouse.relation(schema, "it's a; \"table\"");
            session.createSchema(warehouse.database(), schema);
            session.createSchema(warehouse.database(), schema);
            session.execute("create table " + session.dialect().quote(name)
                    + " (\"the \"\"id\"\"\" int not null, Price decimal(12,2), tags varchar[], e enum('a', 'b'))");
            RelationName upper = warehouse.relation(schema.toUpperCase(java.util.Locale.ROOT), "IT'S A; \"TABLE\"");
            assertThat(session.relationType(upper)).contains(RelationType.TABLE);
            assertThat(session.columns(upper))
                    .containsExactly(
                            new Column("the \"id\"", "INTEGER", false),
                            new Column("Price", "DECIMAL(12,2)", true),
                            new Column("tags", "VARCHAR[]", true),
                            new Column("e", "ENUM('a', 'b')", true));
            assertThat(session.relations(warehouse.database(), schema))
                    .extracting(relation -> relation.name().identifier())
                    .containsExactly("it's a; \"table\"");
        }
    }

    @Test
    void tables_and_views_are_told_apart_and_what_is_missing_is_empty() {
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of());
                Session session = warehouse.open()) {
            session.execute("create table t (i int); create view v as select * from t");
            assertThat(session.relationType(warehouse.relation("main", "t"))).contains(RelationType.TABLE);
            assertThat(session.relationType(warehouse.relation("main", "V"))).contains(RelationType.VIEW);
            assertThat(session.relationType(warehouse.relation("main", "w"))).isEmpty();
            assertThat(session.relationType(warehouse.relation("nowhere", "t"))).isEmpty();
            assertThat(session.columns(warehouse.relation("main", "w"))).isEmpty();
            assertThat(session.relations(warehouse.database(), "nowhere")).isEmpty();
            assertThat(session.relations("nowhere", "main")).isEmpty();
            assertThat(session.relations(warehouse.database(), "MAIN"))
                    .extracting("type")
                    .containsExactlyInAnyOrder(RelationType.TABLE, RelationType.VIEW);
        }
    }

    @Test
    void a_view_whose_table_is_gone_still_has_its_columns() {
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of());
                Session session = warehouse.open()) {
            session.execute("create table t (i int); create view v as select i as a, 'x' as b from t; drop table t");
            assertThat(session.relationType(warehouse.relation("main", "v"))).contains(RelationType.VIEW);
            assertThat(session.columns(warehouse.relation("main", "v")))
                    .extracting(Column::name)
                    .containsExactly("a", "b");
        }
    }

    @Test
    void looking_for_what_is_missing_does_not_spoil_a_transaction() {
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of());
                Session session = warehouse.open()) {
            session.inTransaction(() -> {
                session.execute("create table t (i int)");
                assertThat(session.columns(warehouse.relation("main", "w"))).isEmpty();
                return session.execute("insert into t values (1)");
            });
            assertThat(session.query("select count(*) from t").singleLong()).isEqualTo(1);
        }
    }
}
