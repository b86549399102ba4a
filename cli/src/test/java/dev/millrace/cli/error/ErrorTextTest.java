package dev.millrace.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.console.Style;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorTextTest {
    private final MillraceException unknownRef = new MillraceException(
            ErrorCode.REF_NOT_FOUND,
            "model 'fct_order' does not exist",
            new Position("models/revenue.sql", 12, 13),
            "Did you mean 'fct_orders'?",
            null);

    @Test
    void an_error_shows_the_line_with_a_mark_and_the_advice() {
        assertThat(text("from {{ ref('fct_order') }}").lines(unknownRef))
                .containsExactly(
                        "error[REF_NOT_FOUND]: model 'fct_order' does not exist",
                        "  --> models/revenue.sql:12:13",
                        "    |",
                        " 12 | from {{ ref('fct_order') }}",
                        "    |             ^^^^^^^^^^^",
                        "  help: Did you mean 'fct_orders'?");
    }

    @Test
    void a_tab_does_not_move_the_mark() {
        MillraceException error =
                new MillraceException(ErrorCode.YAML_SYNTAX, "no tabs", new Position("a.yml", 1, 2), null, null);

        assertThat(text("\tname: shop").lines(error))
                .containsExactly(
                        "error[YAML_SYNTAX]: no tabs", "  --> a.yml:1:2", "   |", " 1 |  name: shop", "   |  ^^^^");
    }

    @Test
    void a_wide_character_before_the_place_moves_the_mark_by_two() {
        MillraceException error =
                new MillraceException(ErrorCode.CONFIG_INVALID, "unknown", new Position("a.yml", 1, 5), null, null);

        assertThat(text("顧客: bad").lines(error)).contains("   |       ^^^");
    }

    @Test
    void a_message_of_several_lines_is_indented_below_the_first() {
        MillraceException error =
                new MillraceException(ErrorCode.SQL_FAILED, "Binder Error: no column x\nLINE 1: select x");

        assertThat(text("").lines(error))
                .containsExactly("error[SQL_FAILED]: Binder Error: no column x", "  LINE 1: select x");
    }

    @Test
    void a_file_that_cannot_be_read_leaves_out_the_line_only() {
        ErrorText errors = new ErrorText(Style.PLAIN, (file, line) -> Optional.empty(), file -> file);

        assertThat(errors.lines(unknownRef))
                .containsExactly(
                        "error[REF_NOT_FOUND]: model 'fct_order' does not exist",
                        "  --> models/revenue.sql:12:13",
                        "  help: Did you mean 'fct_orders'?");
    }

    @Test
    void all_problems_are_told_and_counted() {
        MillraceException other = new MillraceException(ErrorCode.CONFIG_MISSING, "no 'name'");
        MillraceException both = ProblemsException.of(List.of(unknownRef, other, other));

        List<String> lines = text("from x").lines(both);

        assertThat(lines)
                .contains("error[REF_NOT_FOUND]: model 'fct_order' does not exist")
                .containsOnlyOnce("error[CONFIG_MISSING]: no 'name'")
                .endsWith("2 problems; nothing was run.");
    }

    @Test
    void a_very_long_line_is_shown_around_the_place() {
        String line = "x".repeat(500) + " bad " + "y".repeat(500);
        MillraceException error =
                new MillraceException(ErrorCode.CONFIG_INVALID, "bad", new Position("a.yml", 1, 502), null, null);

        List<String> lines = text(line).lines(error);

        assertThat(lines).allSatisfy(shown -> assertThat(shown.length()).isLessThan(200));
        int mark = lines.get(4).indexOf('^');
        assertThat(lines.get(3).substring(mark)).startsWith("bad ");
    }

    @Test
    void paths_are_relative_to_the_working_directory(@TempDir Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(project.resolve("a.yml"), "one\ntwo\n");

        assertThat(new ProjectFiles(project, folder).display("a.yml")).isEqualTo("shop/a.yml");
        assertThat(new ProjectFiles(project, project).display("a.yml")).isEqualTo("a.yml");
        assertThat(new ProjectFiles(project, folder.resolve("elsewhere")).display("a.yml"))
                .isEqualTo(project.resolve("a.yml").toString());
        assertThat(new ProjectFiles(project, folder).line("a.yml", 2)).contains("two");
        assertThat(new ProjectFiles(project, folder).line("a.yml", 9)).isEmpty();
        assertThat(new ProjectFiles(project, folder).line("missing.yml", 1)).isEmpty();
    }

    private static ErrorText text(String line) {
        return new ErrorText(Style.PLAIN, (file, number) -> Optional.of(line), file -> file);
    }
}
