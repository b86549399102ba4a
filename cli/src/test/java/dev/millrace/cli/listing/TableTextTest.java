package dev.millrace.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.console.Columns;
import dev.millrace.cli.console.Style;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTextTest {
    private static final Table TABLE = new Table(
            List.of(
                    new Column("id", "BIGINT", false),
                    new Column("name", "VARCHAR", true),
                    new Column("amount", "DECIMAL(10,2)", true),
                    new Column("day", "DATE", true)),
            List.of(
                    Arrays.asList(1L, "顧客", new BigDecimal("12.50"), LocalDate.of(2024, 5, 1)),
                    Arrays.asList(10L, null, new BigDecimal("1E+3"), null)));

    @Test
    void a_grid_aligns_numbers_to_the_right_and_counts_columns() {
        assertThat(TableText.grid(TABLE, 80, Style.PLAIN))
                .containsExactly(
                        "| id | name | amount | day        |",
                        "| -- | ---- | ------ | ---------- |",
                        "|  1 | 顧客 |  12.50 | 2024-05-01 |",
                        "| 10 |      |   1000 |            |");
    }

    @Test
    void columns_that_do_not_fit_are_named_below() {
        List<Column> columns = IntStream.range(0, 30)
                .mapToObj(i -> new Column("column_" + i, "BIGINT", true))
                .toList();
        Table wide = new Table(columns, List.of());

        List<String> lines = TableText.grid(wide, 60, Style.PLAIN);

        assertThat(lines.subList(0, 2))
                .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(60));
        assertThat(lines.get(2)).startsWith("and 25 more: column_5, ");
    }

    @Test
    void json_keeps_numbers_as_numbers_and_null_as_null() {
        assertThat(TableText.json(TABLE).replaceAll("\\s+", ""))
                .isEqualTo(
                        "[{\"id\":1,\"name\":\"顧客\",\"amount\":12.50,\"day\":\"2024-05-01\"},{\"id\":10,\"name\":null,\"amount\":1E+3,\"day\":null}]");
    }
}
