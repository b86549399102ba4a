package dev.millrace.cli.demo;

import dev.millrace.core.MillraceException;
import dev.millrace.events.EventCollector;
import dev.millrace.testkit.shop.LiveShop;
import dev.millrace.testkit.shop.WebEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The demo's shop while it is open: somebody orders something every second, and visitors come and go. */
public final class OpenShop implements AutoCloseable {
    private static final int VISITORS_PER_SECOND = 5;

    private final Connection connection;
    private final LiveShop shop;
    private final EventCollector events;
    private final Consumer<String> problems;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "open shop");
        named.setDaemon(true);
        return named;
    });
    private long visitors = System.currentTimeMillis();

    private OpenShop(Connection connection, EventCollector events, Consumer<String> problems) throws SQLException {
        this.connection = connection;
        this.shop = new LiveShop(connection);
        this.events = events;
        this.problems = problems;
    }

    /**
     * Opens the shop of a demo.
     *
     * @param events where visitors are seen
     * @param problems hears what went wrong in a second; the next one is tried all the same
     */
    public static OpenShop open(Demo demo, EventCollector events, Consumer<String> problems) throws SQLException {
        OpenShop open = new OpenShop(demo.connect(), events, problems);
        var unused = open.thread.scheduleWithFixedDelay(open::second, 1, 1, TimeUnit.SECONDS);
        return open;
    }

    private void second() {
        Instant now = Instant.now();
        try {
            shop.tick(now);
            for (int i = 0; i < VISITORS_PER_SECOND; i++) {
                events.publish("events", DemoEvents.of(WebEvents.session(++visitors, now, shop.customers())));
            }
        } catch (SQLException | MillraceException e) {
            problems.accept(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        try {
            var unused = thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
