package dev.millrace.transform.internal.change;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Outlook;
import dev.millrace.core.graph.Step;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.TrialCompiler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in a few words how a build would make a node. Not thread-safe. */
final class BuildManner {
    private final Map<?, Resource> resources;
    private final TrialCompiler compiler;
    private final boolean fullRefresh;
    private final boolean warehouse;

    /** @param warehouse whether there is a warehouse that can be read */
    BuildManner(Map<?, Resource> resources, TrialCompiler compiler, boolean fullRefresh, boolean warehouse) {
        this.resources = resources;
        this.compiler = compiler;
        this.fullRefresh = fullRefresh;
        this.warehouse = warehouse;
    }

    /** Empty for what has nothing to do. */
    String of(Node node, Optional<Boolean> exists) {
        Optional<Step> step = node.step();
        if (step.isEmpty()) {
            return "";
        }
        Resource resource = resources.get(node.id());
        boolean there = exists.orElse(false);
        return switch (node.kind()) {
            case MODEL -> resource == null ? "" : model(resource, there);
            case SEED -> there ? "seed loaded anew" : "seed loaded";
            case SNAPSHOT -> there ? "snapshot compared, changes added" : "snapshot begun";
            case TEST, UNIT_TEST -> "tested";
            case EXPECTATION -> "checked";
            case SYNC -> "sends what changed to " + names(node.sends());
            case CONNECTION, CDC, TOPIC -> reading(node, step.get());
            case ASSET -> "made by Java";
            case ANALYSIS, OPERATION, SOURCE, EXPOSURE, METRIC, SEMANTIC_MODEL, SAVED_QUERY -> "";
        };
    }

    private String model(Resource model, boolean there) {
        return switch (model.materialized()) {
            case "view" -> there ? "view replaced" : "view created";
            case "table" -> there ? "table built anew" : "table built";
            case "incremental" -> incremental(model, there);
            default -> model.materialized() + (there ? " brought up to date" : " built");
        };
    }

    private String incremental(Resource model, boolean there) {
        boolean refresh = model.config().has("full_refresh") ? model.config().bool("full_refresh", false) : fullRefresh;
        if (!there) {
            return "built in full, incremental from then on";
        } else if (refresh) {
            return "built anew in full";
        }
        String strategy = model.config().text("incremental_strategy", "");
        List<String> keys = model.config().strings("unique_key");
        String by = keys.isEmpty() ? "" : " by " + String.join(", ", keys);
        String filter = filter(model);
        return "increment" + (strategy.isEmpty() ? "" : " (" + strategy + ")") + by
                + (filter.isEmpty() ? "" : ": " + filter);
    }

    /** What the query of an increment has in addition. */
    private String filter(Resource model) {
        try {
            String full = compiler.compile(model, Optional.of(false));
            String part = compiler.compile(model, Optional.of(true));
            return UnifiedDiff.added(full, part).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                    .collect(Collectors.joining(" "));
        } catch (MillraceException e) {
            return "";
        }
    }

    private String reading(Node node, Step step) {
        String from = node.reads().isEmpty() ? "" : "reads " + names(node.reads());
        String more = step instanceof Outlook outlook ? outlook(outlook) : null;
        if (more == null) {
            Object mode = node.config().get("sync_mode");
            more = mode == null ? "" : String.valueOf(mode);
        }
        return from.isEmpty() || more.isEmpty() ? from + more : from + ", " + more;
    }

    private @Nullable String outlook(Outlook outlook) {
        try {
            return outlook.outlook(warehouse);
        } catch (MillraceException unreadable) {
            return null;
        }
    }

    private static String names(List<Dataset> datasets) {
        return datasets.stream()
                .map(dataset -> dataset.system() + " " + dataset.name())
                .collect(Collectors.joining(", "));
    }
}
