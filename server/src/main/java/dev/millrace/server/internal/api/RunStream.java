package dev.millrace.server.internal.api;

import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.Runs;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A run's events as they happen, as server-sent events. What is kept is read from the store by its sequence, so nothing
 * is left out and nothing comes twice, also after a connection broke ({@code Last-Event-ID}); progress is passed on as
 * it comes and may be left out. Thread-safe.
 */
public final class RunStream implements AutoCloseable {
    private static final int MOST_CLIENTS = 100;
    private static final int PAGE = 500;
    private static final int PROGRESS_KEPT = 200;
    /** The store may be a moment behind what is told; so it is looked at this often. */
    private static final long LOOK_MILLIS = 500;

    private static final int LOOKS_PER_HEARTBEAT = 20;

    private final Runs runs;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public RunStream(Runs runs) {
        this.runs = runs;
    }

    public void serve(Context ctx) {
        String id = ctx.pathParam("id");
        if (runs.find(id).isEmpty()) {
            throw new HttpProblem(404, "RUN_NOT_FOUND", "there is no run " + id, null);
        }
        if (closed || threads.size() >= MOST_CLIENTS) {
            throw new HttpProblem(503, "BUSY", "too many listeners", "Try again in a moment.");
        }
        long after = lastEventId(ctx);
        new SseHandler(client -> {
                    client.keepAlive();
                    Thread thread = new Thread(() -> follow(client, id, after), "server events of run " + id);
                    thread.setDaemon(true);
                    threads.add(thread);
                    client.onClose(thread::interrupt);
                    thread.start();
                })
                .handle(ctx);
    }

    private void follow(SseClient client, String id, long after) {
        BlockingQueue<RunLog> told = new LinkedBlockingQueue<>(PROGRESS_KEPT);
        RunObserver observer = new RunObserver() {
            @Override
            public void logged(RunLog entry) {
                if (entry.runId().equals(id)) {
                    told.offer(entry);
                }
            }

            @Override
            public void changed(RunRecord run) {}
        };
        try (client;
                Runs.Subscription subscription = runs.subscribe(observer)) {
            long sent = after;
            int quiet = 0;
            while (!closed && !client.terminated()) {
                boolean ended = runs.find(id).map(run -> run.state().ended()).orElse(true);
                long before = sent;
                sent = sendKept(client, id, sent);
                if (ended) {
                    client.sendEvent("end", "{}", String.valueOf(sent));
                    return;
                }
                RunLog news = told.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                while (news != null) {
                    if (news.sequence() == 0) {
                        client.sendEvent(news.name(), news.json());
                    }
                    news = told.poll();
                }
                quiet = sent > before ? 0 : quiet + 1;
                if (quiet >= LOOKS_PER_HEARTBEAT) {
                    client.sendComment("still here");
                    quiet = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    private long sendKept(SseClient client, String id, long after) {
        long sent = after;
        List<RunLog> page;
        do {
            page = runs.events(id, sent, PAGE);
            for (RunLog entry : page) {
                client.sendEvent(entry.name(), entry.json(), String.valueOf(entry.sequence()));
                sent = entry.sequence();
            }
        } while (page.size() == PAGE && !client.terminated());
        return sent;
    }

    private static long lastEventId(Context ctx) {
        String header = ctx.header("Last-Event-ID");
        if (header == null || header.isBlank()) {
            return Parameters.number(ctx, "after", 0L, 0, Long.MAX_VALUE);
        }
        try {
            return Long.parseLong(header.trim());
        } catch (NumberFormatException e) {
            throw HttpProblem.badRequest("'Last-Event-ID' must be a number, but is '" + header + "'", null);
        }
    }

    /** Ends every stream; browsers connect again when the server is back. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(1_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
