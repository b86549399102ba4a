package dev.millrace.cli.demo;

import dev.millrace.events.EventCollector;
import dev.millrace.testkit.shop.WebEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shop's web events as messages. */
public final class DemoEvents {
    private DemoEvents() {}

    /** A session's events share its key, so that they stay in order. */
    public static List<EventCollector.Event> of(List<WebEvent> events) {
        return events.stream()
                .map(event -> new EventCollector.Event(Optional.of(event.sessionId()), event.json(), Map.of()))
                .toList();
    }
}
