package dev.millrace.orchestrate;

import dev.millrace.core.graph.NodeId;
import java.util.List;
import java.util.Set;

/** Chooses the nodes of a command in the project's graph. */
@FunctionalInterface
public interface NodeSelection {
    /**
     * @param command such as {@code build}: it says which kinds of nodes are meant
     * @param select dbt's grammar; empty means everything the command is about
     * @throws dev.millrace.core.MillraceException SELECTOR_INVALID
     */
    Set<NodeId> select(String command, List<String> select, List<String> exclude);
}
