package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    @Test
    void column_types_are_found_as_dbt_finds_them() {
        project.file("seeds/sacks.csv", """
                        id,kind,price,paid,day,at,iso,big,mixed,code
                        1,rye,1.5,true,2020-01-31,2020-01-31 10:00:00,2020-01-31T10:00:00,9999999999,1,007
                        2,"oat, ""fine\""",2,FALSE,2020-02-01,2020-02-01 00:00:00,2020-02-01T00:00:00Z,1,x,008
                        3,,,,,,,,,
                        """).build().succeeded();
        assertThat(project.rows("select column_name, column_type from (describe sacks)"))
                .containsExactly(
                        "[id, INTEGER]",
                        "[kind, VARCHAR]",
                        "[price, DOUBLE]",
                        "[paid, BOOLEAN]",
                        "[day, DATE]",
                        "[at, TIMESTAMP]",
                        "[iso, TIMESTAMP]",
                        "[big, BIGINT]",
                        "[mixed, VARCHAR]",
                        "[code, INTEGER]");
        assertThat(project.rows("select id, kind, price, paid from sacks order by id"))
                .containsExactly("[1, rye, 1.5, true]", "[2, oat, \"fine\", 2.0, false]", "[3, null, null, null]");
    }

    @Test
    void configured_types_and_delimiter_win() {
        project.settings(
                        "seeds: {mill: {sacks: {+column_types: {code: varchar(3), kg: 'decimal(9,2)'}, +delimiter: ';'}}}\n")
                .file("seeds/sacks.csv", "code;kg\n007;1,5\n")
                .file("seeds/other.csv", "a,b\n1,2\n");
        assertThat(project.build().status("seed.mill.sacks")).isEqualTo(Status.ERROR);
        project.file("seeds/sacks.csv", "code;kg\n007;1.5\n").build().succeeded();
        assertThat(project.rows("from sacks")).containsExactly("[007, 1.50]");
    }

    @Test
    void a_type_for_a_column_that_is_not_there_is_left_alone() {
        project.settings("seeds: {+column_types: {kg: integer, gone: date}}\n").file("seeds/sacks.csv", "kg\n1\n");
        project.build().succeeded();
        assertThat(project.rows("from sacks")).containsExactly("[1]");
    }

    @Test
    void a_failed_seed_leaves_the_old_rows() {
        project.file("seeds/sacks.csv", "id\n1\n").build().succeeded();
        project.settings("seeds: {+column_types: {id: integer}}\n").file("seeds/sacks.csv", "id\nx\n");
        assertThat(project.build().status("seed.mill.sacks")).isEqualTo(Status.ERROR);
        assertThat(project.rows("from sacks")).containsExactly("[1]");
    }

    @Test
    void a_row_that_is_too_long_is_named_with_its_line() {
        project.file("seeds/sacks.csv", "id,kind\n1,rye\n2,oat,fine\n");
        assertThat(project.build().node("seed.mill.sacks").error().orElseThrow().position())
                .hasToString("Optional[seeds/sacks.csv:3:1]");
    }

    @Test
    void models_and_tests_read_seeds() {
        project.file("seeds/sacks.csv", "id\n1\n2\n")
                .file("seeds/s.yml", "seeds: [{name: sacks, columns: [{name: id, data_tests: [unique, not_null]}]}]")
                .model("total", "select sum(id) as n from {{ ref('sacks') }}");
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(outcome.node("seed.mill.sacks").rows().getAsLong()).isEqualTo(2);
        assertThat(project.rows("from total")).containsExactly("[3]");
    }
}
