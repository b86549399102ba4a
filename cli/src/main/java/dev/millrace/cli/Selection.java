package dev.millrace.cli;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.select.Selector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Chooses the nodes of a command: the grammar of core, narrowed down to the kinds the command is about. */
final class Selection {
    private final Workspace workspace;
    private final Consumer<String> unmatched;

    /** @param unmatched hears each criterion that matches nothing */
    Selection(Workspace workspace, Consumer<String> unmatched) {
        this.workspace = workspace;
        this.unmatched = unmatched;
    }

    /** In topological order. */
    Set<NodeId> of(SelectionOptions options, Set<NodeKind> natural) {
        Set<NodeKind> kinds = options.kinds(natural);
        Selector selector = new Selector(workspace.graph(), workspace.project().name(), options.indirect(), unmatched);
        Set<NodeId> chosen = new LinkedHashSet<>();
        for (NodeId id : selector.select(options.select, options.exclude)) {
            if (kinds.contains(id.kind())) {
                chosen.add(id);
            }
        }
        return chosen;
    }

    /** The one node that {@code name} means. */
    List<NodeId> named(String name) {
        SelectionOptions options = new SelectionOptions();
        options.select = List.of(name);
        options.indirect = "empty";
        return List.copyOf(of(options, Set.of(NodeKind.values())));
    }
}
