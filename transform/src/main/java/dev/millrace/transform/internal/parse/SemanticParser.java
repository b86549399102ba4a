package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.SemanticNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parses the {@code semantic_models:}, {@code metrics:} and {@code saved_queries:} of YAML files. */
final class SemanticParser {
    private final Parsing parsing;

    SemanticParser(Parsing parsing) {
        this.parsing = parsing;
    }

    /** A semantic model, and a metric for each measure that asks for one. */
    List<SemanticNode> semanticModel(Patch patch) {
        YamlMap map = patch.map();
        Identity identity = identity(NodeKind.SEMANTIC_MODEL, patch, patch.name());
        Config config =
                config(patch, identity, map.map("config").map(YamlMap::toJava).orElse(Map.of()));
        Map<String, @Nullable Object> written = map.toJava();
        Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
        defaults.put(
                "agg_time_dimension",
                SemanticFields.map(written.get("defaults")).get("agg_time_dimension"));
        SemanticModelFields fields = new SemanticModelFields(config.map("meta"));
        String model = map.requireString("model");
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("node_relation", null);
        body.put("label", written.get("label"));
        body.put("defaults", written.get("defaults") == null ? null : defaults);
        body.put("entities", SemanticFields.each(written.get("entities"), fields::entity));
        body.put("measures", SemanticFields.each(written.get("measures"), fields::measure));
        body.put("dimensions", SemanticFields.each(written.get("dimensions"), fields::dimension));
        body.put("primary_entity", written.get("primary_entity"));
        List<SemanticNode> found = new ArrayList<>();
        found.add(new SemanticNode(identity, description(patch), config, reads(model, map, identity), body));
        for (YamlMap measure : map.maps("measures")) {
            if (measure.bool("create_metric").orElse(false)) {
                found.add(created(patch, measure, config));
            }
        }
        return found;
    }

    private Dependencies reads(String model, YamlMap map, Identity identity) {
        Capture capture = new Capture();
        try {
            DbtJinja.ENVIRONMENT
                    .compile("{{" + model + "}}", map.positionOf("model").file())
                    .evaluate(ParseNames.context(parsing.context(), identity, capture));
        } catch (JinjaException e) {
            throw parsing.failure(e, map.positionOf("model"), identity.packageName())
                    .at(map.positionOf("model"));
        }
        return capture.dependencies();
    }

    private SemanticNode created(Patch patch, YamlMap measure, Config model) {
        Map<String, @Nullable Object> written = measure.toJava();
        String name = measure.requireString("name");
        Map<String, @Nullable Object> params = new LinkedHashMap<>();
        params.put("measure", name);
        params.put("expr", written.get("expr") == null ? name : written.get("expr"));
        Map<String, @Nullable Object> metric = new LinkedHashMap<>();
        metric.put("label", written.get("label"));
        metric.put("type", "simple");
        metric.put("type_params", params);
        Identity identity = identity(NodeKind.METRIC, patch, name);
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("enabled", model.enabled());
        config.put("meta", model.map("meta"));
        String description = measure.has("description")
                ? parsing.properties().description(measure, identity.packageName())
                : "Metric created from measure " + name;
        return metric(patch, identity, metric, config(patch, identity, config), description);
    }

    SemanticNode metric(Patch patch) {
        Identity identity = identity(NodeKind.METRIC, patch, patch.name());
        Map<String, @Nullable Object> written = patch.map().toJava();
        Map<String, @Nullable Object> config = SemanticFields.map(written.get("config"));
        return metric(patch, identity, written, config(patch, identity, config), description(patch));
    }

    private static SemanticNode metric(
            Patch patch, Identity identity, Map<String, @Nullable Object> written, Config config, String description) {
        String type = String.valueOf(written.getOrDefault("type", "simple"));
        Object label = written.get("label");
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("label", label == null ? identity.name() : String.valueOf(label));
        body.put("type", type);
        body.put(
                "type_params",
                new MetricFields(type, SemanticFields.map(written.get("type_params")), patch.position()).typeParams());
        body.put("filter", SemanticFields.filter(written.get("filter")));
        body.put("time_granularity", written.get("time_granularity"));
        body.put("sources", List.of());
        body.put("metrics", List.of());
        body.put("meta", config.map("meta").isEmpty() ? SemanticFields.map(written.get("meta")) : config.map("meta"));
        body.put("tags", new Config(written).tags());
        return new SemanticNode(identity, description, config, Dependencies.NONE, body);
    }

    /** @param anywhere a relation in the target's database and schema, where exports go unless they say otherwise */
    SemanticNode savedQuery(Patch patch, RelationName anywhere) {
        Map<String, @Nullable Object> written = patch.map().toJava();
        Identity identity = identity(NodeKind.SAVED_QUERY, patch, patch.name());
        Config config = config(patch, identity, SemanticFields.map(written.get("config")));
        Map<String, @Nullable Object> asked = SemanticFields.map(written.get("query_params"));
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        query.put("metrics", SemanticFields.list(asked.get("metrics")));
        query.put("group_by", SemanticFields.list(asked.get("group_by")));
        query.put("where", SemanticFields.filter(asked.get("where")));
        query.put("order_by", SemanticFields.list(asked.get("order_by")));
        query.put("limit", asked.get("limit"));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("query_params", query);
        body.put("exports", SemanticFields.each(written.get("exports"), one -> export(one, config, anywhere)));
        body.put("label", written.get("label"));
        TreeSet<String> tags = new TreeSet<>(new Config(written).tags());
        tags.addAll(config.tags());
        body.put("tags", List.copyOf(tags));
        return new SemanticNode(identity, description(patch), config, Dependencies.NONE, body);
    }

    private static Map<String, @Nullable Object> export(
            Map<String, @Nullable Object> from, Config query, RelationName anywhere) {
        Map<String, @Nullable Object> written = SemanticFields.map(from.get("config"));
        Config own = new Config(written);
        String schema = own.text("schema_name", own.text("schema", query.text("schema", "")));
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("export_as", own.has("export_as") ? own.get("export_as") : query.get("export_as"));
        config.put("schema_name", schema.isEmpty() ? anywhere.schema() : schema);
        config.put("alias", own.text("alias", String.valueOf(from.get("name"))));
        config.put("database", own.text("database", anywhere.database()));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", from.get("name"));
        json.put("config", config);
        json.put("unrendered_config", written);
        return json;
    }

    private String description(Patch patch) {
        return parsing.properties()
                .description(patch.map(), patch.file().owner().name());
    }

    private static Identity identity(NodeKind kind, Patch patch, String name) {
        String packageName = patch.file().owner().name();
        List<String> fqn = new ArrayList<>();
        fqn.add(packageName);
        fqn.addAll(List.of(patch.file().folders()));
        fqn.add(name);
        return new Identity(
                new NodeId(kind, packageName, name),
                patch.file().owner(),
                name,
                patch.file().relative(),
                patch.file().original(),
                patch.file().display(),
                fqn,
                patch.position());
    }

    private Config config(Patch patch, Identity identity, Map<String, @Nullable Object> written) {
        Config all =
                parsing.configs().resolve(identity.kind(), patch.file().owner(), identity.fqn(), written, List.of());
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("enabled", all.enabled());
        config.put("group", all.get("group"));
        config.put("meta", all.map("meta"));
        if (identity.kind() == NodeKind.SAVED_QUERY) {
            config.put("export_as", all.get("export_as"));
            config.put("schema", all.get("schema"));
            config.put(
                    "cache",
                    Map.of(
                            "enabled",
                            SemanticFields.flag(
                                    SemanticFields.map(all.get("cache")).get("enabled"))));
            if (!all.tags().isEmpty()) {
                config.put("tags", all.tags());
            }
        }
        return new Config(config);
    }
}
