package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.Platform;
import io.javalin.http.Context;

/** Says that the server is there, and whose. Thread-safe. */
public final class HealthApi {
    private final Platform platform;
    private final String version;

    public HealthApi(Platform platform, String version) {
        this.platform = platform;
        this.version = version;
    }

    public void serve(Context ctx) {
        ObjectNode answer = Json.object();
        answer.put("status", "ok");
        answer.put("project", platform.project().name());
        answer.put("version", version);
        Json.answer(ctx, answer);
    }
}
