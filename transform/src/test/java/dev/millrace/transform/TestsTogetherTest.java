package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestsTogetherTest {
    /** A test whose number of failures is the transaction it ran in. */
    private static final String TRANSACTION =
            "{{ config(fail_calc='max(txid_current())', severity='warn') }} select 1 from {{ ref('%s') }}";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .model("mills", "select * from (values (1, 'wind'), (2, 'water')) t(mill_id, power)")
                .model("sacks", "select 1 as sack_id, 2 as mill_id");
    }

    private static long failures(TestProject.Outcome outcome, String test) {
        return outcome.node("test.mill." + test).failures().orElseThrow();
    }

    @Test
    void tests_of_one_model_are_one_statement() {
        TestProject.Outcome outcome = project.file("tests/one.sql", TRANSACTION.formatted("mills"))
                .file("tests/two.sql", TRANSACTION.formatted("mills"))
                .file("tests/other.sql", TRANSACTION.formatted("sacks"))
                .build()
                .succeeded();
        assertThat(failures(outcome, "one")).isPositive().isEqualTo(failures(outcome, "two"));
        assertThat(failures(outcome, "other")).isNotEqualTo(failures(outcome, "one"));
    }

    @Test
    void a_test_that_cannot_run_leaves_the_others_their_answers() {
        TestProject.Outcome outcome = project.file(
                        "tests/fine.sql", "select 1 from {{ ref('mills') }} where power = 'steam'")
                .file("tests/found.sql", "select * from {{ ref('mills') }} where power = 'wind'")
                .file("tests/broken.sql", "select nothing from {{ ref('mills') }}")
                .build();
        assertThat(outcome.status("test.mill.fine")).isEqualTo(Status.PASS);
        assertThat(outcome.status("test.mill.found")).isEqualTo(Status.FAIL);
        assertThat(outcome.status("test.mill.broken")).isEqualTo(Status.ERROR);
        assertThat(outcome.node("test.mill.broken").message()).contains("nothing");
        assertThat(outcome.node("test.mill.broken").failure()).isNotNull();
    }

    @Test
    void what_a_template_says_is_said_by_its_own_test() {
        TestProject.Outcome outcome = project.file(
                        "tests/one.sql", "{% do log('hello', info=true) %} select 1 where false")
                .file("tests/two.sql", "select 1 from {{ ref('mills') }} where false")
                .file("tests/three.sql", "{% do log('mill', info=true) %} select 1 from {{ ref('mills') }} where false")
                .build()
                .succeeded();
        assertThat(outcome.messages().stream().filter("mill"::equals)).hasSize(1);
        assertThat(outcome.messages().stream().filter("hello"::equals)).hasSize(1);
    }

    @Test
    void failures_that_are_stored_keep_a_statement_of_their_own() {
        TestProject.Outcome outcome = project.file(
                        "tests/kept.sql",
                        "{{ config(store_failures=true) }} select * from {{ ref('mills') }} where power = 'wind'")
                .file("tests/fine.sql", "select 1 from {{ ref('mills') }} where false")
                .build();
        assertThat(outcome.status("test.mill.kept")).isEqualTo(Status.FAIL);
        assertThat(project.rows("select mill_id from main_dbt_test__audit.kept"))
                .containsExactly("[1]");
    }

    @Test
    void tests_alone_are_one_statement_too() {
        project.file("tests/one.sql", TRANSACTION.formatted("mills"))
                .file("tests/two.sql", TRANSACTION.formatted("mills"))
                .build()
                .succeeded();
        TestProject.Outcome outcome =
                project.build(node -> node.kind() == NodeKind.TEST).succeeded();
        assertThat(failures(outcome, "one")).isEqualTo(failures(outcome, "two"));
    }
}
