package dev.millrace.quality.internal.suite;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import java.util.List;

/**
 * A suite whose relation and expectations are known to be right.
 *
 * @param subject the node whose relation it is about
 */
public record Suite(String name, String file, Position position, Node subject, List<SuiteEntry> entries) {
    public Suite {
        entries = List.copyOf(entries);
    }
}
