package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resources in the form of dbt's manifest, version 12 (schemas.getdbt.com/dbt/manifest/v12.json), which is also what
 * templates see as {@code model} and {@code graph}. Pure functions.
 */
public final class NodeJson {
    private NodeJson() {}

    /** @param createdAt seconds since 1970 */
    public static Map<String, @Nullable Object> of(Resource resource, double createdAt) {
        Identity identity = resource.identity();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("database", resource.relation().database());
        json.put("schema", resource.relation().schema());
        json.put("name", resource.name());
        json.put("resource_type", resource.kind().key());
        json.put("package_name", resource.packageName());
        json.put("path", identity.path());
        json.put("original_file_path", identity.originalPath());
        json.put("unique_id", resource.id().toString());
        json.put("fqn", identity.fqn());
        json.put("alias", resource.relation().identifier());
        json.put("checksum", checksum(resource));
        json.put("config", config(resource.config()));
        json.put("tags", resource.config().tags());
        json.put("description", resource.properties().description());
        json.put("columns", columns(resource.properties().columns()));
        json.put("meta", resource.config().map("meta"));
        json.put("group", resource.config().get("group"));
        json.put("docs", docs(resource.config()));
        json.put("patch_path", resource.properties().patchPath());
        json.put("build_path", null);
        json.put("unrendered_config", Map.of());
        json.put("created_at", createdAt);
        json.put("relation_name", hasRelation(resource) ? relationName(resource.relation()) : null);
        json.put("raw_code", resource.code());
        json.put("doc_blocks", List.of());
        if (resource.kind() == NodeKind.SEED) {
            json.put("root_path", identity.owner().root().toString());
            json.put("depends_on", Map.of("macros", List.of()));
            return json;
        }
        json.put("language", "sql");
        addDependencies(json, resource.dependencies());
        json.put("compiled_path", null);
        json.put("contract", contract(resource.config()));
        if (resource.kind() == NodeKind.MODEL) {
            addModel(json, resource);
        }
        TestInfo test = resource.test();
        if (test != null) {
            addTest(json, test);
        }
        return json;
    }

    private static boolean hasRelation(Resource resource) {
        return switch (resource.kind()) {
            case MODEL -> !resource.ephemeral();
            case SEED, SNAPSHOT -> true;
            case TEST -> resource.config().bool("store_failures", false);
            default -> false;
        };
    }

    private static Map<String, Object> checksum(Resource resource) {
        Map<String, Object> checksum = new LinkedHashMap<>();
        checksum.put("name", resource.checksum().isEmpty() ? "none" : "sha256");
        checksum.put("checksum", resource.checksum());
        return checksum;
    }

    private static Map<String, @Nullable Object> config(Config config) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(config.values());
        for (String key : List.of("pre-hook", "post-hook")) {
            if (json.containsKey(key)) {
                List<Map<String, @Nullable Object>> hooks = new ArrayList<>();
                config.hooks(key).forEach(hook -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>();
                    one.put("sql", hook.sql());
                    one.put("transaction", hook.transaction());
                    one.put("index", null);
                    hooks.add(one);
                });
                json.put(key, hooks);
            }
        }
        return json;
    }

    private static Map<String, Object> columns(Map<String, ColumnInfo> columns) {
        Map<String, Object> json = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", column.name());
            one.put("description", column.description());
            one.put("meta", column.meta());
            one.put("data_type", column.dataType());
            one.put("constraints", constraints(column.constraints(), false));
            one.put("quote", column.quote());
            one.put("config", Map.of("meta", column.meta(), "tags", column.tags()));
            one.put("tags", column.tags());
            one.put("granularity", null);
            one.put("entity", null);
            one.put("dimension", null);
            one.put("doc_blocks", List.of());
            json.put(name, one);
        });
        return json;
    }

    private static Map<String, @Nullable Object> docs(Config config) {
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        Map<?, ?> written = config.map("docs");
        docs.put("show", !Boolean.FALSE.equals(written.get("show")));
        docs.put("node_color", written.get("node_color"));
        return docs;
    }

    private static Map<String, @Nullable Object> contract(Config config) {
        Map<?, ?> written = config.map("contract");
        Map<String, @Nullable Object> contract = new LinkedHashMap<>();
        contract.put("enforced", Boolean.TRUE.equals(written.get("enforced")));
        contract.put("alias_types", !Boolean.FALSE.equals(written.get("alias_types")));
        contract.put("checksum", null);
        return contract;
    }

    private static void addDependencies(Map<String, @Nullable Object> json, Dependencies dependencies) {
        List<Map<String, @Nullable Object>> refs = new ArrayList<>();
        for (RefArgs ref : dependencies.refs()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", ref.name());
            one.put("package", ref.packageName());
            one.put("version", ref.version());
            refs.add(one);
        }
        json.put("refs", refs);
        json.put(
                "sources",
                dependencies.sources().stream()
                        .map(source -> List.of(source.source(), source.table()))
                        .toList());
        json.put("metrics", List.of());
        if (!"exposure".equals(json.get("resource_type"))) {
            json.put("functions", List.of());
        }
        json.put(
                "depends_on",
                Map.of(
                        "macros",
                        dependencies.macros(),
                        "nodes",
                        dependencies.nodes().stream().map(NodeId::toString).toList()));
    }

    private static void addModel(Map<String, @Nullable Object> json, Resource resource) {
        Map<String, @Nullable Object> extra = resource.properties().extra();
        json.put("access", resource.config().text("access", "protected"));
        json.put("constraints", constraints(extra.get("constraints"), true));
        json.put("version", resource.version());
        json.put("latest_version", extra.get("latest_version"));
        Object deprecation = extra.get("deprecation_date");
        json.put("deprecation_date", deprecation == null ? null : moment(deprecation));
        json.put("primary_key", List.of());
        json.put("time_spine", timeSpine(extra.get("time_spine")));
    }

    /** A day means its beginning where this runs. */
    private static String moment(Object written) {
        return written instanceof LocalDate day
                ? DateTimeFormatter.ISO_OFFSET_DATE_TIME
                        .format(day.atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime())
                        .replaceAll("Z$", "+00:00")
                : String.valueOf(written);
    }

    private static @Nullable Object timeSpine(@Nullable Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, @Nullable Object> spine = new LinkedHashMap<>();
        spine.put("standard_granularity_column", map.get("standard_granularity_column"));
        Object custom = map.get("custom_granularities");
        spine.put("custom_granularities", custom == null ? List.of() : custom);
        return spine;
    }

    /** @param ofModel whether they name their columns */
    private static List<Object> constraints(@Nullable Object written, boolean ofModel) {
        List<Object> all = new ArrayList<>();
        if (written instanceof List<?> list) {
            for (Object one : list) {
                all.add(one instanceof Map<?, ?> map ? constraint(map, ofModel) : one);
            }
        }
        return all;
    }

    private static Map<String, @Nullable Object> constraint(Map<?, ?> written, boolean ofModel) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", written.get("type"));
        json.put("name", written.get("name"));
        json.put("expression", written.get("expression"));
        json.put("warn_unenforced", !Boolean.FALSE.equals(written.get("warn_unenforced")));
        json.put("warn_unsupported", !Boolean.FALSE.equals(written.get("warn_unsupported")));
        json.put("to", written.get("to"));
        json.put("to_columns", written.get("to_columns") == null ? List.of() : written.get("to_columns"));
        if (ofModel) {
            json.put("columns", written.get("columns") == null ? List.of() : written.get("columns"));
        }
        return json;
    }

    private static void addTest(Map<String, @Nullable Object> json, TestInfo test) {
        json.put("column_name", test.columnName());
        json.put("file_key_name", test.fileKeyName());
        json.put(
                "attached_node",
                test.attachedNode() == null ? null : test.attachedNode().toString());
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("name", test.name());
        metadata.put("kwargs", test.kwargs());
        metadata.put("namespace", test.namespace());
        json.put("test_metadata", metadata);
    }

    public static Map<String, @Nullable Object> of(SourceTable source, double createdAt) {
        Identity identity = source.identity();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("database", source.relation().database());
        json.put("schema", source.relation().schema());
        json.put("name", identity.name());
        json.put("resource_type", "source");
        json.put("package_name", identity.packageName());
        json.put("path", identity.path());
        json.put("original_file_path", identity.originalPath());
        json.put("unique_id", identity.id().toString());
        json.put("fqn", identity.fqn());
        json.put("source_name", source.sourceName());
        json.put("source_description", source.sourceDescription());
        json.put("loader", source.extra().getOrDefault("loader", ""));
        json.put("identifier", source.relation().identifier());
        Map<String, @Nullable Object> quoting = new LinkedHashMap<>();
        for (String part : List.of("database", "schema", "identifier", "column")) {
            quoting.put(part, source.quoting().get(part));
        }
        json.put("quoting", quoting);
        json.put("loaded_at_field", source.extra().get("loaded_at_field"));
        json.put("loaded_at_query", source.extra().get("loaded_at_query"));
        json.put("freshness", source.extra().get("freshness"));
        json.put("external", null);
        json.put("description", source.properties().description());
        json.put("columns", columns(source.properties().columns()));
        json.put("meta", source.meta());
        json.put("source_meta", source.sourceMeta());
        json.put("tags", source.tags());
        json.put("config", source.config().values());
        json.put("patch_path", null);
        json.put("unrendered_config", Map.of());
        json.put("relation_name", relationName(source.relation()));
        json.put("created_at", createdAt);
        json.put("unrendered_database", null);
        json.put("unrendered_schema", null);
        json.put("doc_blocks", List.of());
        return json;
    }

    public static Map<String, @Nullable Object> of(Exposure exposure, double createdAt) {
        Identity identity = exposure.identity();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", identity.name());
        json.put("resource_type", "exposure");
        json.put("package_name", identity.packageName());
        json.put("path", identity.path());
        json.put("original_file_path", identity.originalPath());
        json.put("unique_id", identity.id().toString());
        json.put("fqn", identity.fqn());
        json.put("type", exposure.extra().getOrDefault("type", "dashboard"));
        json.put("owner", exposure.extra().getOrDefault("owner", Map.of()));
        json.put("description", exposure.description());
        json.put("label", exposure.extra().get("label"));
        json.put("maturity", exposure.extra().get("maturity"));
        json.put("meta", exposure.config().map("meta"));
        json.put("tags", exposure.config().tags());
        json.put("config", exposure.config().values());
        json.put("unrendered_config", Map.of());
        json.put("url", exposure.extra().get("url"));
        addDependencies(json, exposure.dependencies());
        json.put("metrics", exposure.extra().getOrDefault("metrics", List.of()));
        json.put("created_at", createdAt);
        return json;
    }

    /** The quoted name, as dbt writes it. */
    public static String relationName(RelationName name) {
        return quoted(name.database()) + "." + quoted(name.schema()) + "." + quoted(name.identifier());
    }

    private static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }
}
