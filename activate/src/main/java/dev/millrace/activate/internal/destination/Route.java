package dev.millrace.activate.internal.destination;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How requests go to a destination.
 *
 * @param pace shared by all syncs that go there
 * @param patience the longest wait for one answer, which is then not asked for again; empty leaves it to the settings
 * @param attempt of the step, 1 for the first; later ones need not be as patient
 * @param warnings hears of what goes wrong on the way, line by line
 */
public record Route(Pace pace, Optional<Duration> patience, int attempt, Consumer<String> warnings) {
    /** To see whether the destination is there. */
    public static Route probe(Duration patience) {
        return new Route(Pace.FREE, Optional.of(patience), 1, line -> {});
    }
}
