package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import dev.millrace.warehouse.check.Checks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbChecksTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;
    private Session session;

    @BeforeEach
    void open() {
        warehouse = TestWarehouses.open(folder, Map.of());
        session = warehouse.open();
        session.execute("create table t as select * from (values (1, 'a'), (2, null), (null, null)) v(id, name)");
    }

    @AfterEach
    void close() {
        session.close();
        warehouse.close();
    }

    @Test
    void counts_and_rows_are_answered_side_by_side() {
        CheckQuery rows = CheckQuery.rows("from t");
        CheckQuery nulls = CheckQuery.nulls("\"name\"", " from t");
        CheckQuery present = CheckQuery.present("id", "from t");
        CheckQuery large = CheckQuery.rows("from t where id > 1");
        CheckQuery measures = CheckQuery.of(
                "select min(id) as low, max(name) as \"High, it's\", null as none from t", "low", "High, it's", "none");

        CheckAnswers answers = Checks.ask(session, List.of(measures, rows, nulls, large, present, rows));

        assertThat(answers.count(rows)).isEqualTo(3);
        assertThat(answers.count(nulls)).isEqualTo(2);
        assertThat(answers.count(present)).isEqualTo(2);
        assertThat(answers.count(large)).isEqualTo(1);
        assertThat(answers.row(measures)).containsExactly("1", "a", null);
    }

    @Test
    void counts_of_no_rows_are_nought() {
        CheckQuery nulls = CheckQuery.nulls("id", "from t where false");
        CheckQuery present = CheckQuery.present("id", "from t where false");

        CheckAnswers answers = Checks.ask(session, List.of(nulls, present));

        assertThat(answers.count(nulls)).isZero();
        assertThat(answers.count(present)).isZero();
    }

    @Test
    void the_same_rows_are_read_once_for_all_their_counts() {
        session.execute("create sequence passes");
        String from = "from (select nextval('passes') as pass) once";

        CheckAnswers answers =
                Checks.ask(session, List.of(CheckQuery.present("pass", from), CheckQuery.nulls("pass", from)));

        assertThat(answers.count(CheckQuery.present("pass", from))).isOne();
        assertThat(session.query("select nextval('passes')").rows()).containsExactly(List.of(2L));
    }

    @Test
    void a_query_of_several_rows_is_refused() {
        assertThatThrownBy(() -> Checks.ask(session, List.of(CheckQuery.of("select id from t", "id"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("exactly one row");
    }
}
