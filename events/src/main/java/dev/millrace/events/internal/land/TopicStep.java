package dev.millrace.events.internal.land;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.Warehouse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Lands what is new in a topic; kept open, it lands what comes. */
public final class TopicStep implements ContinuousStep {
    private final TopicPlan plan;
    private final Supplier<Warehouse> warehouse;
    private final Supplier<String> servers;
    private final boolean fullRefresh;
    private final AtomicBoolean refreshed = new AtomicBoolean();

    /**
     * @param servers where the cluster is; starts it if it is embedded
     * @param fullRefresh whether to begin anew, once
     */
    public TopicStep(TopicPlan plan, Supplier<Warehouse> warehouse, Supplier<String> servers, boolean fullRefresh) {
        this.plan = plan;
        this.warehouse = warehouse;
        this.servers = servers;
        this.fullRefresh = fullRefresh;
    }

    @Override
    public StepResult run(StepContext context) {
        try (TopicFlow flow = flow(context)) {
            return flow.drain();
        } catch (MillraceException e) {
            throw e.at(plan.position());
        }
    }

    @Override
    public Flow open(StepContext context) {
        try {
            return flow(context);
        } catch (MillraceException e) {
            throw e.at(plan.position());
        }
    }

    private TopicFlow flow(StepContext context) {
        boolean anew = fullRefresh && !refreshed.get();
        TopicFlow flow = new TopicFlow(plan, servers.get(), warehouse.get(), context, anew);
        refreshed.set(true);
        return flow;
    }
}
