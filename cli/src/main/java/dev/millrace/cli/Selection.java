package dev.millrace.cli;

import dev.millrace.cli.selectors.YamlSelectors;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Project;
import dev.millrace.core.select.Selector;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses the nodes of a command: the grammar of core, narrowed down to the kinds the command is about. */
final class Selection {
    private final Workspace workspace;
    private final Graph graph;
    private final Consumer<String> unmatched;

    /** @param unmatched hears each criterion that matches nothing */
    Selection(Workspace workspace, Consumer<String> unmatched) {
        this(workspace, workspace.graph(), unmatched);
    }

    /** The same for another graph than the workspace's. */
    Selection(Workspace workspace, Graph graph, Consumer<String> unmatched) {
        this.workspace = workspace;
        this.graph = graph;
        this.unmatched = unmatched;
    }

    /** In topological order. */
    Set<NodeId> of(SelectionOptions options, Set<NodeKind> natural) {
        Set<NodeKind> kinds = options.kinds(natural);
        Project project = workspace.project();
        Selector grammar = new Selector(
                graph, project.name(), options.indirect(), unmatched, workspace.state(options.state(workspace)));
        Set<NodeId> chosen = new LinkedHashSet<>();
        for (NodeId id : chosen(options, project, grammar)) {
            if (kinds.contains(id.kind())) {
                chosen.add(id);
            }
        }
        return chosen;
    }

    private static Set<NodeId> chosen(SelectionOptions options, Project project, Selector grammar) {
        checkSelectors(project);
        boolean nothingSaid = options.select.isEmpty() && options.exclude.isEmpty();
        if (options.selector == null && !nothingSaid) {
            return grammar.select(options.select, options.exclude);
        }
        Optional<YamlSelectors> selectors =
                project.file("selectors.yml").map(file -> new YamlSelectors(project.render(file), grammar));
        Optional<String> name =
                Optional.ofNullable(options.selector).or(() -> selectors.flatMap(YamlSelectors::byDefault));
        if (name.isEmpty()) {
            return grammar.select(List.of(), List.of());
        }
        Set<NodeId> named = selectors
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SELECTOR_INVALID,
                        "--selector '" + name.get() + "' is given, but the project has no selectors.yml"))
                .select(name.get());
        Set<NodeId> ordered = new LinkedHashSet<>(grammar.select(List.of(), List.of()));
        ordered.retainAll(named);
        return ordered;
    }

    /** Refuses a selectors.yml that is not well formed, whether it is used or not. */
    static void checkSelectors(Project project) {
        project.file("selectors.yml").ifPresent(file -> YamlSelectors.check(project.render(file)));
    }

    /** The one node that {@code name} means. */
    List<NodeId> named(String name) {
        SelectionOptions options = new SelectionOptions();
        options.select = List.of(name);
        options.indirect = "empty";
        return List.copyOf(of(options, EnumSet.allOf(NodeKind.class)));
    }
}
