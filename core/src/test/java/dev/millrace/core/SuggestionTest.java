package dev.millrace.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("orders", "customers", "loans");

    @ParameterizedTest
    @CsvSource({"order, orders", "Orders, orders", "custmoers, customers", "laons, loans", "customer_s, customers"})
    void a_slip_of_the_finger_finds_its_name(String written, String meant) {
        assertThat(Suggestion.closest(written, KNOWN)).contains(meant);
    }

    @Test
    void what_is_like_nothing_gets_the_known_names() {
        assertThat(Suggestion.closest("inventory", KNOWN)).isEmpty();
        assertThat(Suggestion.hint("inventory", KNOWN)).isEqualTo("Known names: customers, loans, orders.");
        assertThat(Suggestion.hint("inventory", List.of())).isNull();
    }
}
