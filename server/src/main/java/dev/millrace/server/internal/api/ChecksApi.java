package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.internal.data.Check;
import dev.millrace.server.internal.data.Checks;
import io.javalin.http.Context;
import java.time.Clock;

/** Checks and what they found last. Thread-safe. */
public final class ChecksApi {
    private final Checks checks;
    private final Clock clock;

    public ChecksApi(Checks checks, Clock clock) {
        this.checks = checks;
        this.clock = clock;
    }

    public void list(Context ctx) {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("checks");
        checks.all().forEach(check -> all.add(json(check)));
        Json.answer(ctx, answer);
    }

    private ObjectNode json(Check check) {
        ObjectNode json = Json.object();
        json.put("id", check.node().id().toString());
        json.put("name", check.node().name());
        json.put("kind", check.node().kind().key());
        json.put("on", check.on().map(node -> node.id().toString()).orElse(null));
        json.put("blocking", check.node().gate());
        check.last()
                .ifPresentOrElse(
                        run -> json.set("last_run", RunJson.of(run, clock.instant())), () -> json.putNull("last_run"));
        if (!check.result().isEmpty()) {
            json.set("result", Json.value(check.result()));
        }
        return json;
    }
}
