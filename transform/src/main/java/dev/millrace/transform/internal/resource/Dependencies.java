package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a resource reads.
 *
 * @param nodes the models, seeds, snapshots and sources, resolved
 * @param macros unique ids of the macros it calls itself
 */
public record Dependencies(List<RefArgs> refs, List<SourceArgs> sources, List<NodeId> nodes, List<String> macros) {
    public static final Dependencies NONE = new Dependencies(List.of(), List.of(), List.of(), List.of());

    public Dependencies {
        refs = List.copyOf(refs);
        sources = List.copyOf(sources);
        nodes = List.copyOf(nodes);
        macros = List.copyOf(macros);
    }

    /** With more nodes that it reads. */
    public Dependencies and(Collection<NodeId> others) {
        Set<NodeId> all = new LinkedHashSet<>(nodes);
        all.addAll(others);
        return new Dependencies(refs, sources, List.copyOf(all), macros);
    }
}
