package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbConcurrencyTest {
    private static final int SESSIONS = 8;

    @TempDir
    Path folder;

    /** What each of the sessions does, all starting at once. */
    @FunctionalInterface
    private interface Work {
        void run(Session session, int number) throws Exception;
    }

    private static void atOnce(Warehouse warehouse, Work work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(SESSIONS);
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    try (Session session = warehouse.open()) {
                        start.await();
                        work.run(session, number);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(1, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sessions_create_the_same_schema_at_once() throws Exception {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("shop.duckdb"))) {
            atOnce(warehouse, (session, number) -> {
                for (int i = 0; i < 20; i++) {
                    session.createSchema(warehouse.database(), "s" + i);
                }
            });
            try (Session session = warehouse.open()) {
                assertThat(session.query(
                                        "select count(*) from duckdb_schemas() where database_name = 'shop' and not internal")
                                .singleLong())
                        .isEqualTo(20);
            }
        }
    }

    @Test
    void sessions_write_states_of_their_own_at_once_into_a_new_warehouse() throws Exception {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("shop.duckdb"))) {
            atOnce(warehouse, (session, number) -> {
                for (int i = 0; i < 10; i++) {
                    StateStore.write(session, "key" + number, "{\"i\": " + i + "}");
                }
            });
            try (Session session = warehouse.open()) {
                for (int i = 0; i < SESSIONS; i++) {
                    assertThat(StateStore.read(session, "key" + i)).contains("{\"i\": 9}");
                }
                StateStore.remove(session, "key0");
                assertThat(StateStore.read(session, "key0")).isEmpty();
                assertThat(session.query("select count(*) from _millrace.state").singleLong())
                        .isEqualTo(SESSIONS - 1);
            }
        }
    }

    @Test
    void state_moves_with_the_data_of_its_transaction() {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("shop.duckdb"));
                Session session = warehouse.open()) {
            StateStore.write(session, "cursor", "1");
            session.begin();
            StateStore.write(session, "cursor", "2");
            session.rollback();
            assertThat(StateStore.read(session, "cursor")).contains("1");
        }
    }

    @Test
    void readers_keep_what_they_see_while_a_table_is_replaced() throws Exception {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("shop.duckdb"))) {
            try (Session session = warehouse.open()) {
                session.execute("create table t as select 0 as version from range(1000)");
            }
            atOnce(warehouse, (session, number) -> {
                for (int i = 1; i <= 20; i++) {
                    if (number == 0) {
                        session.execute("create or replace table t as select " + i + " as version from range(1000)");
                    } else {
                        assertThat(session.query("select count(distinct version), count(*) from t")
                                        .rows()
                                        .get(0))
                                .isEqualTo(List.of(1L, 1000L));
                    }
                }
            });
        }
    }
}
