package dev.millrace.cli.console;

import dev.millrace.core.graph.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A node that runs now.
 *
 * @param note what it waits for, such as a retry; empty when it simply works
 */
record Running(Node node, Instant started, long rows, OptionalLong totalRows, String note) {
    static Running from(Node node, Instant at) {
        return new Running(node, at, 0, OptionalLong.empty(), "");
    }

    Running progressed(long done, OptionalLong total) {
        return new Running(node, started, done, total, "");
    }

    Running noted(String text) {
        return new Running(node, started, rows, totalRows, text);
    }

    Duration elapsed(Instant now) {
        return Duration.between(started, now);
    }

    double rowsPerSecond(Instant now) {
        long millis = elapsed(now).toMillis();
        return millis <= 0 ? 0 : rows * 1000.0 / millis;
    }
}
