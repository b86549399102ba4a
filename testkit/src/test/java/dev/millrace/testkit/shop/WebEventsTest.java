package dev.millrace.testkit.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebEventsTest {
    @Test
    void the_same_day_is_the_same_everywhere() {
        assertThat(WebEvents.day(1, 0.1)).isEqualTo(WebEvents.day(1, 0.1)).hasSizeGreaterThan(800);
    }

    @Test
    void every_event_has_an_id_of_its_own() {
        List<WebEvent> two = List.copyOf(WebEvents.day(1, 0.1));
        assertThat(two).extracting(WebEvent::json).doesNotHaveDuplicates();
        assertThat(WebEvents.day(2, 0.1))
                .extracting(WebEvent::json)
                .doesNotContainAnyElementsOf(two.stream().map(WebEvent::json).toList());
    }

    @Test
    void a_live_session_begins_when_it_is_told_to() {
        assertThat(WebEvents.session(7, Instant.parse("2026-03-01T12:00:00Z"), 100)
                        .get(0)
                        .json())
                .contains("\"id\":\"live-7-0\"", "\"type\":\"page_view\"", "\"timestamp\":\"2026-03-01T12:00:00Z\"");
    }
}
