package dev.millrace.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarterProjectTest {
    @ParameterizedTest
    @CsvSource({"shop, shop", "My Shop-1, my_shop_1", "2024_sales, p_2024_sales", "--, project", "été, t"})
    void a_name_becomes_one_that_a_project_may_have(String text, String name) {
        assertThat(StarterProject.nameFrom(text)).isEqualTo(name);
    }
}
