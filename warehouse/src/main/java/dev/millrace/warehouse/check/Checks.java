package dev.millrace.warehouse.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.StepContext;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs checks together: the first check of a relation that starts in a run asks for all of them that may start with it,
 * in one statement; the others take their answers from it. If that statement fails, each check runs alone and says
 * itself what is wrong. Thread-safe.
 */
public final class Checks {
    private static final int KEPT = 500;

    private final Map<Key, CompletableFuture<Map<NodeId, CheckAnswers>>> batches = new LinkedHashMap<>();

    private record Key(String runId, NodeId first) {}

    private record Member(NodeId id, CheckStep step) {}

    /** Asks the queries in one statement. */
    public static CheckAnswers ask(Session session, List<CheckQuery> queries) {
        return UnionAll.answer(session, queries);
    }

    /**
     * The answers of the step that runs in {@code context}.
     *
     * @return empty if it has to ask alone
     */
    public Optional<CheckAnswers> together(StepContext context, CheckStep step, Warehouse warehouse) {
        List<Member> members = members(context, step);
        if (members.size() < 2 || context.attempt() > 1 || !step.combines()) {
            return Optional.empty();
        }
        CompletableFuture<Map<NodeId, CheckAnswers>> batch = new CompletableFuture<>();
        Key key = new Key(context.runId(), members.get(0).id());
        CompletableFuture<Map<NodeId, CheckAnswers>> known = register(key, batch);
        if (known == null) {
            try {
                batch.complete(ask(context, members, warehouse));
            } finally {
                batch.complete(Map.of());
            }
        }
        return Optional.ofNullable(
                await(known == null ? batch : known).get(context.node().id()));
    }

    private static List<Member> members(StepContext context, CheckStep step) {
        List<Member> members = new ArrayList<>();
        String relation = step.relation().key();
        for (Node peer : context.peers()) {
            if (peer.step().orElse(null) instanceof CheckStep check
                    && check.combines()
                    && check.relation().key().equals(relation)) {
                members.add(new Member(peer.id(), check));
            }
        }
        return members;
    }

    /** The batch that is already under way under {@code key}; or null, and {@code fresh} is it from now on. */
    private @Nullable CompletableFuture<Map<NodeId, CheckAnswers>> register(
            Key key, CompletableFuture<Map<NodeId, CheckAnswers>> fresh) {
        synchronized (batches) {
            CompletableFuture<Map<NodeId, CheckAnswers>> known = batches.putIfAbsent(key, fresh);
            if (known == null && batches.size() > KEPT) {
                batches.remove(batches.keySet().iterator().next());
            }
            return known;
        }
    }

    private Map<NodeId, CheckAnswers> ask(StepContext context, List<Member> members, Warehouse warehouse) {
        Map<NodeId, List<CheckQuery>> asked = new LinkedHashMap<>();
        try (Session session = warehouse.open();
                StepContext.Registration ignored = context.onCancel(session::cancel)) {
            for (Member member : members) {
                try {
                    asked.put(member.id(), member.step().queries(session, context.runId()));
                } catch (MillraceException alone) {
                    // It will meet the same error when it runs by itself, and is the one to tell it.
                    asked.remove(member.id());
                }
            }
            CheckAnswers answers = UnionAll.answer(
                    session, asked.values().stream().flatMap(List::stream).toList());
            Map<NodeId, CheckAnswers> own = new LinkedHashMap<>();
            asked.forEach((id, queries) -> own.put(id, answers.of(queries)));
            return own;
        } catch (MillraceException alone) {
            return Map.of();
        }
    }

    private static Map<NodeId, CheckAnswers> await(CompletableFuture<Map<NodeId, CheckAnswers>> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
