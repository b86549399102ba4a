package dev.millrace.server.internal.pages;

import dev.millrace.server.Platform;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The nodes that are kept running, with their lag. */
public final class StreamsPage {
    private final Platform platform;
    private final Pages pages;
    private final Clock clock;

    public StreamsPage(Platform platform, Pages pages, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.clock = clock;
    }

    public void serve(Context ctx) {
        Map<String, Object> model = new HashMap<>();
        model.put("flows", platform.flows());
        model.put("graph", platform.graph());
        model.put("now", clock.instant());
        pages.page(ctx, "streams.jte", "Streams", "streams", model);
    }
}
