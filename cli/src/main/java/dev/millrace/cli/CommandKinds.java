package dev.millrace.cli;

import dev.millrace.core.graph.NodeKind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which kinds of nodes each command that runs nodes is about. */
final class CommandKinds {
    static final Set<NodeKind> BUILD = EnumSet.complementOf(EnumSet.of(NodeKind.ANALYSIS, NodeKind.OPERATION));
    static final Set<NodeKind> INGEST = EnumSet.of(NodeKind.CONNECTION, NodeKind.CDC, NodeKind.TOPIC);
    static final Set<NodeKind> SEED = EnumSet.of(NodeKind.SEED);
    static final Set<NodeKind> SNAPSHOT = EnumSet.of(NodeKind.SNAPSHOT);
    static final Set<NodeKind> RUN = EnumSet.of(NodeKind.MODEL);
    static final Set<NodeKind> TEST = EnumSet.of(NodeKind.TEST, NodeKind.UNIT_TEST, NodeKind.EXPECTATION);
    static final Set<NodeKind> SYNC = EnumSet.of(NodeKind.SYNC);

    private static final Map<String, Set<NodeKind>> BY_COMMAND = new TreeMap<>(Map.of(
            "build",
            BUILD,
            "ingest",
            INGEST,
            "seed",
            SEED,
            "snapshot",
            SNAPSHOT,
            "run",
            RUN,
            "test",
            TEST,
            "sync",
            SYNC));

    private CommandKinds() {}

    static Optional<Set<NodeKind>> of(String command) {
        return Optional.ofNullable(BY_COMMAND.get(command));
    }

    static Set<String> commands() {
        return BY_COMMAND.keySet();
    }
}
