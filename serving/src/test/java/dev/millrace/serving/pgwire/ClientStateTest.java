package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientStateTest {
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,Europe/Berlin",
        "UTC,UTC",
        "Z,UTC",
        "GMT-3,Etc/GMT-3",
        "UTC+05:00,Etc/GMT+5",
        "2,Etc/GMT-2",
        "-5,Etc/GMT+5",
        "+05:30,+05:30"
    })
    void zones_are_read_as_postgres_reads_them(String name, String zone) {
        ClientState state = new ClientState("ann", Map.of("TimeZone", name));
        assertThat(state.zone()).hasToString(zone);
        assertThat(state.get("timezone")).contains(zone);
    }

    @Test
    void a_zone_that_does_not_exist_is_refused() {
        ClientState state = new ClientState("ann", Map.of());
        assertThatThrownBy(() -> state.set("TimeZone", "Moon/Base")).isInstanceOf(SqlError.class);
        assertThat(state.reported()).containsEntry("TimeZone", "UTC");
    }
}
