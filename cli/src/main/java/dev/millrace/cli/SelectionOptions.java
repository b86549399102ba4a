package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.transform.Deferral;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which nodes a command is about, in dbt's words. */
final class SelectionOptions {
    @Option(
            names = {"-s", "--select", "-m", "--models", "--model"},
            arity = "1..*",
            paramLabel = "NODE",
            order = 1,
            description = "Nodes by name or method: fct_orders, +fct_orders, source:raw.orders+, tag:nightly,"
                    + " path:models/staging, connection:*, sync:*; a comma intersects.")
    List<String> select = new ArrayList<>();

    @Option(
            names = "--exclude",
            arity = "1..*",
            paramLabel = "NODE",
            order = 2,
            description = "Nodes to leave out, in the same grammar.")
    List<String> exclude = new ArrayList<>();

    @Option(names = "--selector", paramLabel = "NAME", order = 3, description = "A selector of selectors.yml.")
    @Nullable
    String selector;

    @Option(
            names = {"--resource-type", "--resource-types"},
            arity = "1..*",
            paramLabel = "TYPE",
            order = 4,
            description =
                    "Only these: model, test, unit_test, seed, snapshot, source, exposure, metric, semantic_model,"
                            + " saved_query, connection, sync, all.")
    List<String> resourceTypes = new ArrayList<>();

    @Option(
            names = {"--exclude-resource-type", "--exclude-resource-types"},
            arity = "1..*",
            paramLabel = "TYPE",
            order = 5,
            description = "All but these.")
    List<String> excludedResourceTypes = new ArrayList<>();

    @Option(
            names = "--indirect-selection",
            paramLabel = "MODE",
            order = 6,
            description = "Which tests come with what they test: eager (default), cautious, buildable or empty.")
    @Nullable
    String indirect;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            order = 7,
            description = "The artifacts of an earlier run, for state:modified, result:error, --defer (env DBT_STATE).")
    @Nullable
    Path state;

    @Option(
            names = "--defer",
            negatable = true,
            order = 8,
            description = "Read what is neither selected nor built from where the state has it (env DBT_DEFER).")
    @Nullable
    Boolean defer;

    @Option(
            names = "--defer-state",
            paramLabel = "DIR",
            order = 9,
            description = "Another state for --defer (env DBT_DEFER_STATE).")
    @Nullable
    Path deferState;

    @Option(
            names = "--favor-state",
            negatable = true,
            order = 10,
            description = "With --defer, read even what is built from the state (env DBT_FAVOR_STATE).")
    @Nullable
    Boolean favorState;

    @Option(
            names = "--empty",
            negatable = true,
            order = 11,
            description = "Let models read no rows: what they are built of is tried, but cheap.")
    @Nullable
    Boolean empty;

    /** What was said of these that templates see in dbt's flags. */
    Map<String, Object> flags(Map<String, String> environment) {
        Map<String, Object> flags = new LinkedHashMap<>();
        flags.put("EMPTY", Settings.flag(empty, environment, "DBT_EMPTY"));
        flags.put("DEFER", Settings.flag(defer, environment, "DBT_DEFER"));
        flags.put("FAVOR_STATE", Settings.flag(favorState, environment, "DBT_FAVOR_STATE"));
        flags.put("INDIRECT_SELECTION", indirect().name().toLowerCase(Locale.ROOT));
        flags.put("SELECT", select);
        flags.put("EXCLUDE", exclude);
        return flags;
    }

    /** Whether models are to read their inputs from elsewhere. */
    boolean defers(Map<String, String> environment) {
        return Settings.flag(defer, environment, "DBT_DEFER");
    }

    /** Lets the workspace's models read what these options say, now that {@code selected} is what is built. */
    void applyTo(Workspace workspace, Set<NodeId> selected) {
        Map<String, String> environment = workspace.project().invocation().environment();
        if (!Boolean.TRUE.equals(empty) && !defers(environment)) {
            return;
        }
        Optional<Deferral> deferral = Optional.empty();
        if (defers(environment)) {
            Optional<Path> folder = deferState(workspace);
            deferral = Optional.of(workspace
                    .state(folder)
                    .deferral(selected, Settings.flag(favorState, environment, "DBT_FAVOR_STATE")));
        }
        workspace.readInputs(Boolean.TRUE.equals(empty), deferral);
    }

    /** The state that stands in for what is not built. */
    Optional<Path> deferState(Workspace workspace) {
        return folder(workspace, deferState, "DBT_DEFER_STATE").or(() -> state(workspace));
    }

    /** The folder of the state, from the project on, as in dbt. */
    Optional<Path> state(Workspace workspace) {
        return folder(workspace, state, "DBT_STATE");
    }

    private static Optional<Path> folder(Workspace workspace, @Nullable Path option, String variable) {
        String value = workspace.project().invocation().environment().getOrDefault(variable, "");
        return Optional.ofNullable(option)
                .or(() -> value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value)))
                .map(folder -> workspace.project().root().resolve(folder));
    }

    IndirectSelection indirect() {
        if (indirect == null) {
            return IndirectSelection.EAGER;
        }
        for (IndirectSelection mode : IndirectSelection.values()) {
            if (mode.name().equalsIgnoreCase(indirect)) {
                return mode;
            }
        }
        throw unknown("--indirect-selection", indirect, List.of("eager", "cautious", "buildable", "empty"));
    }

    /** {@code natural} narrowed down to what the options ask for. */
    Set<NodeKind> kinds(Set<NodeKind> natural) {
        EnumSet<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
        if (resourceTypes.isEmpty()) {
            kinds.addAll(natural);
        } else {
            resourceTypes.stream().flatMap(SelectionOptions::split).forEach(type -> kinds.addAll(kinds(type, natural)));
            kinds.retainAll(natural);
        }
        excludedResourceTypes.stream()
                .flatMap(SelectionOptions::split)
                .forEach(type -> kinds.removeAll(kinds(type, natural)));
        return kinds;
    }

    private static Stream<String> split(String text) {
        return Stream.of(text.trim().split("\\s+"));
    }

    private static Set<NodeKind> kinds(String type, Set<NodeKind> natural) {
        if (type.equals("all") || type.equals("default")) {
            return natural;
        }
        List<String> known = new ArrayList<>(List.of("all", "default"));
        for (NodeKind kind : NodeKind.values()) {
            if (kind.key().equals(type.toLowerCase(Locale.ROOT))) {
                return EnumSet.of(kind);
            }
            known.add(kind.key());
        }
        throw unknown("--resource-type", type, known);
    }

    private static MillraceException unknown(String option, String value, List<String> known) {
        return new MillraceException(
                ErrorCode.USAGE, option + " '" + value + "' is unknown", null, Suggestion.hint(value, known), null);
    }
}
