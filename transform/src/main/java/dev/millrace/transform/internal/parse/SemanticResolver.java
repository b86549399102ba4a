package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.artifact.NodeJson;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what semantic models, metrics and saved queries are made of. Not thread-safe. */
final class SemanticResolver {
    private final Manifest manifest;
    private final String root;
    private final Consumer<MillraceException> warnings;
    private final Map<String, List<SemanticNode>> metrics = new LinkedHashMap<>();
    private final Map<String, List<SemanticNode>> measures = new LinkedHashMap<>();
    private final Map<NodeId, List<Object>> inputs = new HashMap<>();
    private final Set<NodeId> open = new HashSet<>();

    /** @param warnings take references to metrics and measures that the project's files do not define */
    SemanticResolver(
            Manifest manifest, Collection<SemanticNode> nodes, String root, Consumer<MillraceException> warnings) {
        this.manifest = manifest;
        this.root = root;
        this.warnings = warnings;
        for (SemanticNode node : nodes) {
            if (node.identity().kind() == NodeKind.METRIC) {
                metrics.computeIfAbsent(node.identity().name(), name -> new ArrayList<>())
                        .add(node);
            }
            measures(node)
                    .forEach(measure -> measures.computeIfAbsent(measure, name -> new ArrayList<>())
                            .add(node));
        }
    }

    private static List<String> measures(SemanticNode node) {
        return names(node.body().get("measures"));
    }

    private static List<String> names(@Nullable Object list) {
        List<String> names = new ArrayList<>();
        SemanticFields.each(list, item -> {
            names.add(String.valueOf(item.get("name")));
            return item;
        });
        return names;
    }

    /** @param resolver of the model that a semantic model is of */
    SemanticNode resolve(SemanticNode node, ReferenceResolver resolver) {
        return switch (node.identity().kind()) {
            case SEMANTIC_MODEL -> semanticModel(node, resolver);
            case METRIC -> metric(node);
            default -> {
                Map<String, @Nullable Object> query =
                        SemanticFields.map(node.body().get("query_params"));
                yield node.with(nodes(metrics(names(query.get("metrics")), node.identity())), node.body());
            }
        };
    }

    private SemanticNode semanticModel(SemanticNode node, ReferenceResolver resolver) {
        Dependencies known =
                resolver.resolve(node.identity(), node.dependencies()).orElse(node.dependencies());
        Map<String, @Nullable Object> body = new LinkedHashMap<>(node.body());
        for (NodeId id : known.nodes()) {
            Resource model = manifest.resources().get(id);
            if (model != null) {
                Map<String, @Nullable Object> relation = new LinkedHashMap<>();
                relation.put("alias", model.relation().identifier());
                relation.put("schema_name", model.relation().schema());
                relation.put("database", model.relation().database());
                relation.put("relation_name", NodeJson.relationName(model.relation()));
                body.put("node_relation", relation);
                break;
            }
        }
        return node.with(known, body);
    }

    private SemanticNode metric(SemanticNode node) {
        Map<String, @Nullable Object> params =
                new LinkedHashMap<>(SemanticFields.map(node.body().get("type_params")));
        params.put("input_measures", inputs(node));
        Map<String, @Nullable Object> body = new LinkedHashMap<>(node.body());
        body.put("type_params", params);
        Set<NodeId> read = new LinkedHashSet<>(metrics(inputMetrics(node), node.identity()));
        for (Object measure : ownMeasures(node)) {
            String name = String.valueOf(SemanticFields.map(measure).get("name"));
            Optional<SemanticNode> model = pick(measures.get(name), node.identity());
            model.ifPresent(known -> read.add(known.id()));
            if (model.isEmpty()) {
                warnings.accept(unknown("the measure '" + name + "'", name, node.identity(), measures.keySet()));
            }
        }
        return node.with(nodes(read), body);
    }

    /** The metrics of these names. */
    Set<NodeId> metrics(List<String> names, Identity user) {
        Set<NodeId> found = new LinkedHashSet<>();
        for (String name : names) {
            Optional<SemanticNode> metric = pick(metrics.get(name), user);
            metric.ifPresent(known -> found.add(known.id()));
            if (metric.isEmpty()) {
                warnings.accept(unknown("the metric '" + name + "'", name, user, metrics.keySet()));
            }
        }
        return found;
    }

    /** The measures that a metric is of, itself or through the metrics that it is made of. */
    private List<Object> inputs(SemanticNode metric) {
        List<Object> known = inputs.get(metric.id());
        if (known != null || !open.add(metric.id())) {
            return known == null ? List.of() : known;
        }
        Set<Object> found = new LinkedHashSet<>(ownMeasures(metric));
        for (String name : inputMetrics(metric)) {
            pick(metrics.get(name), metric.identity()).ifPresent(input -> found.addAll(inputs(input)));
        }
        open.remove(metric.id());
        List<Object> all = List.copyOf(found);
        inputs.put(metric.id(), all);
        return all;
    }

    private static List<Object> ownMeasures(SemanticNode metric) {
        Map<String, @Nullable Object> params = SemanticFields.map(metric.body().get("type_params"));
        Map<String, @Nullable Object> conversion = SemanticFields.map(params.get("conversion_type_params"));
        List<Object> measures = new ArrayList<>();
        add(measures, params.get("measure"));
        add(measures, conversion.get("base_measure"));
        add(measures, conversion.get("conversion_measure"));
        return measures;
    }

    private static void add(List<Object> measures, @Nullable Object measure) {
        if (measure != null) {
            measures.add(measure);
        }
    }

    private static List<String> inputMetrics(SemanticNode metric) {
        Map<String, @Nullable Object> params = SemanticFields.map(metric.body().get("type_params"));
        if (!"ratio".equals(metric.body().get("type"))) {
            return names(params.get("metrics"));
        }
        List<Object> parts = new ArrayList<>();
        add(parts, params.get("numerator"));
        add(parts, params.get("denominator"));
        return names(parts);
    }

    /** Of the same package first, then of the root project, then of any other. */
    private Optional<SemanticNode> pick(@Nullable List<SemanticNode> named, Identity user) {
        if (named == null) {
            return Optional.empty();
        }
        for (String preferred : List.of(user.packageName(), root)) {
            for (SemanticNode node : named) {
                if (node.identity().packageName().equals(preferred)) {
                    return Optional.of(node);
                }
            }
        }
        return Optional.of(named.get(0));
    }

    private static Dependencies nodes(Collection<NodeId> nodes) {
        return new Dependencies(List.of(), List.of(), List.copyOf(nodes), List.of());
    }

    private static MillraceException unknown(String what, String name, Identity user, Collection<String> known) {
        return new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                what + " of " + user.id() + " is not defined",
                user.position(),
                Suggestion.hint(name, known),
                null);
    }
}
