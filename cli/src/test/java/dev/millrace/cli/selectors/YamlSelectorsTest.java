package dev.millrace.cli.selectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.core.yaml.YamlReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlSelectorsTest {
    @Test
    void a_definition_may_be_a_text_a_pair_or_a_method_with_operators() {
        assertThat(names("'tag:daily'")).containsExactly("loans", "members");
        assertThat(names("{tag: daily}")).containsExactly("loans", "members");
        assertThat(names("{method: fqn, value: loans, children: true}")).containsExactly("loans", "fines", "report");
        assertThat(names("{method: fqn, value: loans, children: true, children_depth: 1}"))
                .containsExactly("loans", "fines");
        assertThat(names("{method: fqn, value: report, parents: true, exclude: [fines]}"))
                .containsExactly("loans", "report");
    }

    @Test
    void unions_and_intersections_may_exclude() {
        assertThat(names("{union: [members, {method: fqn, value: report}]}")).containsExactly("members", "report");
        assertThat(names("{intersection: ['tag:daily', 'loans+']}")).containsExactly("loans");
        assertThat(names("{union: ['tag:daily', {exclude: [members]}]}")).containsExactly("loans");
    }

    @Test
    void a_selector_may_use_another_but_not_itself() {
        YamlSelectors selectors = selectors("""
                selectors:
                  - {name: daily, definition: 'tag:daily'}
                  - {name: all, default: true, definition: {union: [{method: selector, value: daily}, report]}}
                  - {name: loop, definition: {method: selector, value: loop}}
                """);

        assertThat(selectors.select("all")).extracting(NodeId::name).containsExactly("loans", "members", "report");
        assertThat(selectors.byDefault()).contains("all");
        assertThatThrownBy(() -> selectors.select("loop")).hasMessage("selector 'loop' refers to itself");
    }

    @Test
    void an_unknown_selector_is_answered_with_the_nearest() {
        YamlSelectors selectors = selectors("selectors:\n  - {name: daily, definition: 'tag:daily'}\n");

        assertThatThrownBy(() -> selectors.select("dialy"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains("Did you mean 'daily'?"));
    }

    private static List<String> names(String definition) {
        return selectors("selectors:\n  - name: it\n    definition: " + definition + "\n").select("it").stream()
                .map(NodeId::name)
                .toList();
    }

    private static YamlSelectors selectors(String yaml) {
        GraphBuilder graph = new GraphBuilder();
        graph.add(model("loans").tags(List.of("daily")).build());
        graph.add(model("members").tags(List.of("daily")).build());
        graph.add(model("fines").input(id("loans")).build());
        graph.add(model("report").input(id("fines")).build());
        Selector grammar = new Selector(graph.build(), "library", IndirectSelection.EAGER, criterion -> {});
        return new YamlSelectors(YamlReader.parseMap(yaml, "selectors.yml"), grammar);
    }

    private static Node.Builder model(String name) {
        return Node.builder(id(name), Position.ofFile("models/" + name + ".sql"));
    }

    private static NodeId id(String name) {
        return new NodeId(NodeKind.MODEL, "library", name);
    }
}
