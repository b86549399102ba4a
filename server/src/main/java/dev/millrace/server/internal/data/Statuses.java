package dev.millrace.server.internal.data;

import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.server.Platform;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How the nodes of a project are doing at one moment: those that are kept running as flows, the others by their last
 * run.
 */
public final class Statuses {
    private final LastRuns lastRuns;
    private final Map<NodeId, String> flows = new HashMap<>();

    public Statuses(Platform platform, LastRuns lastRuns) {
        this.lastRuns = lastRuns;
        for (FlowStatus flow : platform.flows()) {
            flows.put(flow.node(), flow.state().name().toLowerCase(Locale.ROOT));
        }
    }

    /** {@code success}, {@code idle}, {@code running} …; {@code never run}. */
    public String of(Node node) {
        String flow = flows.get(node.id());
        if (flow != null && !flow.equals("stopped")) {
            return flow;
        }
        return lastRuns.of(node.id().toString()).map(Statuses::of).orElse("never run");
    }

    private static String of(NodeRun run) {
        return run.status().map(status -> status.key()).orElse("running");
    }
}
