package dev.millrace.quality.internal.suite;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.quality.internal.condition.RowCondition;
import dev.millrace.quality.internal.expectation.Expectation;
import dev.millrace.quality.internal.expectation.ExpectationType;
import java.util.List;
import java.util.Optional;

/**
 * One expectation of a suite.
 *
 * @param name unique in its suite
 * @param rows which rows it is about; empty for all
 * @param blocking whether what is downstream must not run when it is not met
 * @param notes what its author wrote about it, for people
 * @param reads further nodes it reads
 */
public record SuiteEntry(
        String name,
        ExpectationType type,
        YamlMap kwargs,
        Expectation expectation,
        Optional<RowCondition> rows,
        boolean blocking,
        List<String> tags,
        String notes,
        List<NodeId> reads,
        Position position) {
    public SuiteEntry {
        tags = List.copyOf(tags);
        reads = List.copyOf(reads);
    }

    public String severity() {
        return blocking ? "critical" : "warning";
    }
}
