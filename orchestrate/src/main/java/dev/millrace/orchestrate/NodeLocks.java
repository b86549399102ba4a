package dev.millrace.orchestrate;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Step;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that two runs of one process never work on the same node at once: the second waits until the first is done
 * with it. Thread-safe; one for all runs of a process.
 */
public final class NodeLocks {
    private final Map<NodeId, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** The same graph; the steps of {@code nodes} wait for their turn. */
    public Graph guarded(Graph graph, Set<NodeId> nodes) {
        return graph.map(node -> nodes.contains(node.id()) && node.step().isPresent() ? guarded(node) : node);
    }

    private Node guarded(Node node) {
        ReentrantLock lock = locks.computeIfAbsent(node.id(), id -> new ReentrantLock(true));
        Step step = node.step().orElseThrow();
        return node.toBuilder()
                .step(context -> {
                    lock.lockInterruptibly();
                    try {
                        return step.run(context);
                    } finally {
                        lock.unlock();
                    }
                })
                .build();
    }
}
