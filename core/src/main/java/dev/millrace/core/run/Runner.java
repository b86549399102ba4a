package dev.millrace.core.run;

import dev.millrace.core.graph.Ended;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out a plan on a bounded pool of threads. A node that fails skips what waits for it and nothing else. One
 * runner carries out one plan; {@link #cancel} may be called from any thread.
 */
public final class Runner {
    private final Plan plan;
    private final RunOptions options;
    private final Events events;
    private final Clock clock;
    private final String runId;
    private final Cancellation cancellation = new Cancellation();

    // Owned by the thread in run().
    private final Map<NodeId, Integer> waiting = new HashMap<>();
    private final Map<NodeId, List<Integer>> readers = new HashMap<>();
    private final PriorityQueue<Integer> ready = new PriorityQueue<>();
    private final Set<NodeId> blocked = new LinkedHashSet<>();
    private final Map<NodeId, NodeId> blockedBy = new HashMap<>();
    /** What nodes that wait for their input said of that. */
    private final Map<NodeId, String> waits = new HashMap<>();

    private final List<NodeResult> results = new ArrayList<>();
    private final BlockingQueue<NodeResult> finished = new LinkedBlockingQueue<>();
    private final Map<NodeId, Integer> started = new HashMap<>();

    public Runner(Plan plan, RunOptions options, Events events, Clock clock) {
        this(UUID.randomUUID().toString(), plan, options, events, clock);
    }

    /** A run whose id has been given out before, by a queue. */
    public Runner(String runId, Plan plan, RunOptions options, Events events, Clock clock) {
        this.runId = runId;
        this.plan = plan;
        this.options = options;
        this.events = events;
        this.clock = clock;
    }

    public String runId() {
        return runId;
    }

    /** Stops what runs and skips the rest; {@link #run} then returns soon. Thread-safe and repeatable. */
    public void cancel() {
        cancellation.cancel();
    }

    /** Carries out the plan and returns when everything has ended. */
    public RunResult run() {
        Instant begin = clock.instant();
        events.emit(new RunEvent.RunStarted(begin, runId, options.command(), plan.nodes(), options.threads()));
        boolean startFailed = runHooks(plan.startHooks(), List.of());
        if (startFailed) {
            for (Node node : plan.nodes()) {
                skip(node, "on-run-start failed");
            }
        } else {
            runNodes();
        }
        runHooks(plan.endHooks(), results.stream().map(NodeResult::ended).toList());
        RunResult result = new RunResult(runId, begin, clock.instant(), results, cancellation.cancelled());
        events.emit(new RunEvent.RunFinished(result.finished(), result));
        return result;
    }

    private boolean runHooks(List<Node> hooks, List<Ended> ended) {
        boolean failed = false;
        int index = 0;
        for (Node hook : hooks) {
            if (cancellation.cancelled()) {
                return true;
            }
            events.emit(new RunEvent.NodeStarted(clock.instant(), hook, ++index, hooks.size()));
            NodeResult result = judged(execution(ended).execute(hook));
            results.add(result);
            events.emit(new RunEvent.NodeFinished(clock.instant(), result, index, hooks.size()));
            failed |= result.status().blocks();
        }
        return failed;
    }

    private void runNodes() {
        List<Node> nodes = plan.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Set<NodeId> inputs = plan.waitsFor(node.id());
            waiting.put(node.id(), inputs.size());
            int place = i;
            inputs.forEach(input ->
                    readers.computeIfAbsent(input, id -> new ArrayList<>()).add(place));
            if (inputs.isEmpty()) {
                ready.add(i);
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(options.threads(), threadNames());
        try {
            int running = 0;
            while (running > 0 || !ready.isEmpty()) {
                while (running < options.threads() && !ready.isEmpty()) {
                    running += start(nodes.get(ready.remove()), pool) ? 1 : 0;
                }
                if (running > 0) {
                    NodeResult result = await();
                    running--;
                    end(result);
                }
            }
        } finally {
            pool.shutdownNow();
            awaitThreads(pool);
        }
    }

    private boolean start(Node node, ExecutorService pool) {
        if (cancellation.cancelled()) {
            skip(node, "cancelled");
            release(node);
            return false;
        }
        if (blocked.contains(node.id())) {
            NodeId cause = blockedBy.get(node.id());
            skip(node, cause == null ? "an input failed" : waits.getOrDefault(cause, cause + " did not succeed"));
            release(node);
            return false;
        }
        int index = started.size() + 1;
        started.put(node.id(), index);
        events.emit(new RunEvent.NodeStarted(
                clock.instant(), node, index, plan.nodes().size()));
        StepExecution execution = execution(List.of());
        pool.execute(() -> finished.add(judged(execution.execute(node))));
        return true;
    }

    private NodeResult judged(NodeResult result) {
        return options.warnError() ? result.withWarningAsFailure() : result;
    }

    private StepExecution execution(List<Ended> ended) {
        return new StepExecution(runId, plan, ended, events, clock, cancellation);
    }

    private NodeResult await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return finished.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancellation.cancel();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end(NodeResult result) {
        results.add(result);
        events.emit(new RunEvent.NodeFinished(
                clock.instant(),
                result,
                started.getOrDefault(result.node().id(), 0),
                plan.nodes().size()));
        if (result.status().blocks()) {
            block(result.node().id(), result.node().id());
            if (result.waits()) {
                waits.put(result.node().id(), result.message());
            } else if (options.failFast()) {
                cancellation.cancel();
            }
        }
        release(result.node());
    }

    private void skip(Node node, String why) {
        int index = started.size() + 1;
        started.put(node.id(), index);
        NodeResult result = NodeResult.skipped(node, why, clock.instant());
        results.add(result);
        events.emit(new RunEvent.NodeFinished(
                result.finished(), result, index, plan.nodes().size()));
        NodeId cause = blockedBy.getOrDefault(node.id(), node.id());
        block(node.id(), cause);
    }

    private void block(NodeId from, NodeId cause) {
        for (int reader : readers.getOrDefault(from, List.of())) {
            NodeId id = plan.nodes().get(reader).id();
            blocked.add(id);
            blockedBy.putIfAbsent(id, cause);
        }
    }

    private void release(Node node) {
        for (int reader : readers.getOrDefault(node.id(), List.of())) {
            NodeId id = plan.nodes().get(reader).id();
            if (waiting.merge(id, -1, Integer::sum) == 0) {
                ready.add(reader);
            }
        }
    }

    private static java.util.concurrent.ThreadFactory threadNames() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "Thread-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void awaitThreads(ExecutorService pool) {
        try {
            pool.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
