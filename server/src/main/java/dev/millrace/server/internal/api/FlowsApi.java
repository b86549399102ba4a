package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.server.Platform;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;

/** The nodes that are kept running. Thread-safe. */
public final class FlowsApi {
    private final Platform platform;

    public FlowsApi(Platform platform) {
        this.platform = platform;
    }

    public void list(Context ctx) {
        ObjectNode answer = Json.object();
        ArrayNode flows = answer.putArray("flows");
        platform.flows().forEach(flow -> flows.add(json(flow)));
        Json.answer(ctx, answer);
    }

    private static ObjectNode json(FlowStatus flow) {
        ObjectNode json = Json.object();
        json.put("node_id", flow.node().toString());
        json.put("state", flow.state().name().toLowerCase(Locale.ROOT));
        json.put("rows", flow.rows());
        json.put("rows_per_second", flow.rowsPerSecond());
        flow.lag().ifPresent(lag -> json.put("lag", lag));
        flow.lagMillis().ifPresent(lag -> json.put("lag_ms", lag));
        json.put("watermark", flow.watermark().map(Instant::toString).orElse(null));
        json.put("position", flow.position());
        json.put("since", flow.since().toString());
        json.put("last_arrival", flow.lastArrival().map(Instant::toString).orElse(null));
        flow.error()
                .ifPresent(error -> json.putObject("error")
                        .put("code", error.code().name())
                        .put("message", error.text())
                        .put("hint", error.hint().orElse(null)));
        return json;
    }
}
