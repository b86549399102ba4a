package dev.millrace.server.internal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.EventPublisher;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The collector: events sent over HTTP go to a topic. Thread-safe. */
public final class EventsApi {
    private final Platform platform;

    public EventsApi(Platform platform) {
        this.platform = platform;
    }

    /** One JSON object, an array of objects, or an object a line; all are published, or none if one is wrong. */
    public void publish(Context ctx) {
        EventPublisher publisher = platform.events()
                .orElseThrow(() -> new HttpProblem(
                        404,
                        "NO_BROKER",
                        "this project has no broker to publish to",
                        "Add a broker under 'brokers:' in millrace.yml."));
        List<String> events = read(ctx.bodyAsBytes());
        publisher.publish(ctx.pathParam("topic"), events);
        ObjectNode answer = Json.object();
        answer.put("topic", ctx.pathParam("topic"));
        answer.put("accepted", events.size());
        ctx.status(202);
        Json.answer(ctx, answer);
    }

    private static List<String> read(byte[] body) {
        List<String> events = new ArrayList<>();
        try (MappingIterator<JsonNode> values =
                Json.MAPPER.readerFor(JsonNode.class).readValues(body)) {
            // A lone array is unwrapped by the iterator.
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (!value.isObject()) {
                    throw HttpProblem.badRequest(
                            "event " + (events.size() + 1) + " is not a JSON object",
                            "Send one object, an array of objects, or one object a line.");
                }
                events.add(Json.text(value));
            }
        } catch (JsonProcessingException e) {
            throw HttpProblem.badRequest(
                    "event " + (events.size() + 1) + " is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw HttpProblem.badRequest("the body cannot be read", null);
        }
        if (events.isEmpty()) {
            throw HttpProblem.badRequest("the body holds no event", null);
        }
        return events;
    }
}
