package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.select.IndirectSelection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SelectionOptionsTest {
    private static final Set<NodeKind> ALL = Set.of(NodeKind.values());

    @Test
    void select_takes_several_words_and_may_be_repeated() {
        SelectionOptions options = parsed("--select", "a", "b+", "-s", "tag:c", "--exclude", "d");

        assertThat(options.select).containsExactly("a", "b+", "tag:c");
        assertThat(options.exclude).containsExactly("d");
    }

    @Test
    void models_is_another_word_for_select() {
        assertThat(parsed("-m", "a").select).containsExactly("a");
        assertThat(parsed("--models", "a").select).containsExactly("a");
    }

    @Test
    void resource_types_narrow_what_a_command_does() {
        assertThat(parsed("--resource-type", "model", "sync").kinds(ALL))
                .containsExactlyInAnyOrder(NodeKind.MODEL, NodeKind.SYNC);
        assertThat(parsed("--resource-type", "model").kinds(Set.of(NodeKind.TEST)))
                .isEmpty();
        assertThat(parsed("--resource-type", "all").kinds(ALL)).isEqualTo(ALL);
        assertThat(parsed("--exclude-resource-type", "unit_test").kinds(ALL))
                .doesNotContain(NodeKind.UNIT_TEST)
                .contains(NodeKind.TEST);
    }

    @Test
    void an_unknown_type_or_mode_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> parsed("--resource-type", "modle").kinds(ALL))
                .hasMessage("--resource-type 'modle' is unknown")
                .extracting("hint")
                .asString()
                .contains("model");
        assertThatThrownBy(() -> parsed("--indirect-selection", "eagre").indirect())
                .hasMessageContaining("'eagre' is unknown");
    }

    @Test
    void indirect_selection_is_eager_unless_told_otherwise() {
        assertThat(parsed().indirect()).isEqualTo(IndirectSelection.EAGER);
        assertThat(parsed("--indirect-selection", "cautious").indirect()).isEqualTo(IndirectSelection.CAUTIOUS);
    }

    private static SelectionOptions parsed(String... arguments) {
        SelectionOptions options = new SelectionOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
