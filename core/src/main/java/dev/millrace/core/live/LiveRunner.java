package dev.millrace.core.live;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps nodes running: each on a thread of its own, woken by what it waits for itself (a message, a change) or by the
 * nodes upstream of it that have processed something. A node that fails is tried again after a pause that grows to a
 * minute. As a listener to runs it also wakes nodes whose inputs a run has renewed. Thread-safe.
 */
public final class LiveRunner implements RunListener, AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Map<NodeId, Flow> flows = new LinkedHashMap<>();
    /** For each node of the graph the flows to wake when it has written something. */
    private final Map<NodeId, List<Flow>> readers = new HashMap<>();

    /**
     * @param nodes which of the graph's nodes to keep running; each has a step and a trigger
     * @param events hears what the flows log
     */
    public LiveRunner(Graph graph, Collection<NodeId> nodes, Events events, Clock clock) {
        this(graph, nodes, events, FlowListener.NONE, clock);
    }

    /** @param listener hears what becomes of the flows */
    public LiveRunner(Graph graph, Collection<NodeId> nodes, Events events, FlowListener listener, Clock clock) {
        Map<NodeId, Set<NodeId>> sources = new HashMap<>();
        for (Node node : graph.nodes()) {
            // What can wake a reader of this node: the node, or what wakes it if it has no step itself.
            Set<NodeId> upstream = new LinkedHashSet<>();
            node.inputs().forEach(input -> upstream.addAll(sources.getOrDefault(input, Set.of())));
            sources.put(node.id(), node.step().isPresent() ? Set.of(node.id()) : Set.copyOf(upstream));
            if (nodes.contains(node.id())) {
                boolean fed = upstream.stream().anyMatch(nodes::contains);
                Flow flow = new Flow(node, fed, events, listener, clock, this::wakeReadersOf);
                flows.put(node.id(), flow);
                upstream.forEach(id -> readers.computeIfAbsent(id, missing -> new ArrayList<>())
                        .add(flow));
            }
        }
    }

    /** Starts all flows and returns at once. */
    public void start() {
        flows.values().forEach(Flow::start);
    }

    public Set<NodeId> nodes() {
        return Set.copyOf(flows.keySet());
    }

    /** How each flow is doing, in the order of the graph. */
    public List<FlowStatus> flows() {
        return flows.values().stream().map(Flow::status).toList();
    }

    /**
     * The graph for a run beside these flows: where a node is kept running, the run waits until its flow has processed
     * everything that is there, in place of doing so itself.
     */
    public Graph besides(Graph graph) {
        return graph.map(node -> {
            Flow flow = flows.get(node.id());
            return flow == null ? node : node.toBuilder().step(flow::catchUp).build();
        });
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.NodeFinished finished
                && !finished.result().status().blocks()) {
            wakeReadersOf(finished.result().node().id());
        }
    }

    private void wakeReadersOf(NodeId id) {
        readers.getOrDefault(id, List.of()).forEach(Flow::wake);
    }

    /** Lets each flow finish what it is doing, for at most 20 seconds in all, and then stops it. */
    @Override
    public void close() {
        flows.values().forEach(Flow::askToStop);
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        for (Flow flow : flows.values()) {
            flow.awaitStop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
