package dev.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void a_wide_character_takes_two_columns_and_a_combining_mark_none() {
        assertThat(Columns.width("orders")).isEqualTo(6);
        assertThat(Columns.width("顧客")).isEqualTo(4);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
    }

    @Test
    void a_text_that_does_not_fit_ends_with_an_ellipsis() {
        assertThat(Columns.fit("fct_orders", 10, Style.PLAIN)).isEqualTo("fct_orders");
        assertThat(Columns.fit("fct_orders", 6, Style.PLAIN)).isEqualTo("fct_o…");
        assertThat(Columns.fit("fct_orders", 6, new Style(false, false))).isEqualTo("fct...");
    }

    @Test
    void a_wide_character_is_never_cut_in_half() {
        String fitted = Columns.fit("顧客一覧", 6, Style.PLAIN);
        assertThat(fitted).isEqualTo("顧客…");
        assertThat(Columns.width(fitted)).isLessThanOrEqualTo(6);
    }

    @Test
    void padding_counts_columns_not_characters() {
        assertThat(Columns.pad("顧", 4)).isEqualTo("顧  ");
    }
}
