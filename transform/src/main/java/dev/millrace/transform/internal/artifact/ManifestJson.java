package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.DocBlock;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.UnitTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A parsed project as dbt's manifest.json, version 12. */
public final class ManifestJson {
    private static final String SCHEMA = "https://schemas.getdbt.com/dbt/manifest/v12.json";

    private final ParsedProject parsed;
    private final Map<NodeId, String> compiled;
    private final ColumnGraph columns;
    private final double created;
    private final Map<String, List<String>> parents = new TreeMap<>();

    /** @param compiled the SQL of nodes that have been compiled */
    public ManifestJson(ParsedProject parsed, Map<NodeId, String> compiled) {
        this(parsed, compiled, ColumnGraph.EMPTY);
    }

    /** @param columns where the columns of nodes come from, as far as that has been found out */
    public ManifestJson(ParsedProject parsed, Map<NodeId, String> compiled, ColumnGraph columns) {
        this.parsed = parsed;
        this.compiled = compiled;
        this.columns = columns;
        this.created = parsed.context().started().toEpochMilli() / 1000.0;
    }

    public Map<String, @Nullable Object> toMap() {
        Manifest manifest = parsed.manifest();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata(parsed.context()));
        json.put("nodes", nodes(manifest));
        json.put("sources", sources(manifest));
        json.put("macros", macros());
        json.put("docs", docs(manifest));
        json.put("exposures", exposures(manifest));
        json.put("metrics", semantics(manifest, NodeKind.METRIC));
        json.put("groups", groups());
        json.put("selectors", Map.of());
        json.put("disabled", disabled(manifest));
        json.put("unit_tests", unitTests());
        Map<String, Object> queries = semantics(manifest, NodeKind.SAVED_QUERY);
        Map<String, Object> models = semantics(manifest, NodeKind.SEMANTIC_MODEL);
        json.put("parent_map", parents);
        json.put("child_map", children());
        json.put("group_map", groupMap(manifest));
        json.put("saved_queries", queries);
        json.put("semantic_models", models);
        return json;
    }

    private static Map<String, @Nullable Object> metadata(ProjectContext context) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", SCHEMA);
        metadata.put("dbt_version", ProjectContext.DBT_VERSION);
        metadata.put("generated_at", ArtifactTime.of(Instant.now()));
        metadata.put("invocation_id", context.invocationId());
        metadata.put("invocation_started_at", ArtifactTime.of(context.started()));
        metadata.put("env", context.metadataEnv());
        metadata.put("project_name", context.project().name());
        metadata.put("project_id", md5(context.project().name()));
        metadata.put("user_id", null);
        metadata.put("send_anonymous_usage_stats", false);
        metadata.put("adapter_type", context.adapterType());
        return metadata;
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format("%032x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private Object nodes(Manifest manifest) {
        List<Resource> all = new ArrayList<>(manifest.resources().values());
        all.addAll(parsed.startHooks());
        all.addAll(parsed.endHooks());
        all.forEach(resource -> parents.put(
                resource.id().toString(),
                resource.dependencies().nodes().stream().map(NodeId::toString).toList()));
        return new Streamed<>(all, resource -> resource.id().toString(), this::node);
    }

    private Map<String, @Nullable Object> node(Resource resource) {
        Map<String, @Nullable Object> json = NodeJson.of(resource, created);
        String sql = compiled.get(resource.id());
        if (sql != null && resource.kind() != NodeKind.SEED) {
            json.put("compiled", true);
            json.put("compiled_code", sql);
            json.put("extra_ctes_injected", true);
            json.put("extra_ctes", List.of());
        }
        columns.node(resource.id().toString()).ifPresent(known -> {
            Map<Object, Object> meta = new LinkedHashMap<>(resource.config().map("meta"));
            meta.put("column_lineage", ColumnLineageJson.of(known));
            json.put("meta", meta);
        });
        return json;
    }

    private Map<String, Object> sources(Manifest manifest) {
        Map<String, Object> sources = new LinkedHashMap<>();
        manifest.sources()
                .values()
                .forEach(source -> sources.put(source.identity().id().toString(), source(source)));
        parsed.undeclared().forEach((id, call) -> sources.put(id.toString(), source(undeclared(id, call))));
        return sources;
    }

    private Map<String, @Nullable Object> source(SourceTable source) {
        parents.put(source.identity().id().toString(), List.of());
        return NodeJson.of(source, created);
    }

    /** A source that only templates name, in the form of a declared one. */
    private SourceTable undeclared(NodeId id, SourceArgs call) {
        Identity identity = new Identity(
                id,
                parsed.context().packages().values().iterator().next(),
                call.table(),
                call.position().file(),
                call.position().file(),
                call.position().file(),
                List.of(id.project(), call.source(), call.table()),
                call.position());
        return new SourceTable(
                identity,
                call.source(),
                "",
                Properties.NONE,
                new Config(Map.of("enabled", true)),
                new RelationName("", parsed.context().database(), call.source(), call.table()),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of());
    }

    private Map<String, Object> macros() {
        Map<String, Object> macros = new LinkedHashMap<>();
        parsed.context()
                .macros()
                .packages()
                .values()
                .forEach(all -> all.values().forEach(macro -> macros.put(macro.uniqueId(), macro(macro))));
        return macros;
    }

    private Map<String, @Nullable Object> macro(Macro macro) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", macro.name());
        json.put("resource_type", "macro");
        json.put("package_name", macro.packageName());
        json.put("path", macro.path());
        json.put("original_file_path", macro.path());
        json.put("unique_id", macro.uniqueId());
        json.put("macro_sql", macro.code());
        json.put("depends_on", Map.of("macros", List.of()));
        json.put("description", "");
        json.put("meta", Map.of());
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        docs.put("show", true);
        docs.put("node_color", null);
        json.put("docs", docs);
        json.put("patch_path", null);
        json.put("arguments", List.of());
        json.put("created_at", created);
        json.put("supported_languages", null);
        return json;
    }

    private static Map<String, Object> docs(Manifest manifest) {
        Map<String, Object> docs = new LinkedHashMap<>();
        for (DocBlock block : manifest.docs()) {
            String id = "doc." + block.packageName() + "." + block.name();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", block.name());
            json.put("resource_type", "doc");
            json.put("package_name", block.packageName());
            json.put("path", block.path());
            json.put("original_file_path", block.originalPath());
            json.put("unique_id", id);
            json.put("block_contents", block.contents());
            docs.put(id, json);
        }
        return docs;
    }

    private Map<String, Object> exposures(Manifest manifest) {
        Map<String, Object> exposures = new LinkedHashMap<>();
        manifest.exposures().forEach((id, use) -> {
            exposures.put(id.toString(), NodeJson.of(use, created));
            parents.put(
                    id.toString(),
                    use.dependencies().nodes().stream().map(NodeId::toString).toList());
        });
        return exposures;
    }

    private Map<String, Object> semantics(Manifest manifest, NodeKind kind) {
        manifest.semantics().forEach((id, node) -> {
            if (id.kind() == kind) {
                parents.put(
                        id.toString(),
                        node.dependencies().nodes().stream()
                                .map(NodeId::toString)
                                .toList());
            }
        });
        return SemanticJson.all(manifest.semantics().values(), kind, created);
    }

    private Map<String, Object> groups() {
        Map<String, Object> groups = new LinkedHashMap<>();
        for (Group group : parsed.groups()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", group.name());
            json.put("resource_type", "group");
            json.put("package_name", group.packageName());
            json.put("path", group.path());
            json.put("original_file_path", group.originalPath());
            json.put("unique_id", group.uniqueId());
            json.put("owner", group.owner());
            json.put("description", group.description());
            json.put("config", Map.of("meta", group.meta()));
            groups.put(group.uniqueId(), json);
        }
        return groups;
    }

    private Map<String, List<String>> groupMap(Manifest manifest) {
        Map<String, List<String>> members = new LinkedHashMap<>();
        parsed.groups().forEach(group -> members.put(group.name(), new ArrayList<>()));
        manifest.resources().values().forEach(resource -> {
            List<String> group = members.get(resource.config().text("group", ""));
            if (group != null) {
                group.add(resource.id().toString());
            }
        });
        return members;
    }

    private Map<String, Object> unitTests() {
        Map<String, Object> tests = new LinkedHashMap<>();
        for (UnitTest test : parsed.unitTests()) {
            tests.put(test.id().toString(), UnitTestJson.of(test, created));
            parents.put(test.id().toString(), List.of(test.tested().id().toString()));
        }
        return tests;
    }

    private Map<String, Object> disabled(Manifest manifest) {
        Map<String, List<Object>> disabled = new LinkedHashMap<>();
        for (Resource resource : manifest.disabled()) {
            disabled.computeIfAbsent(resource.id().toString(), id -> new ArrayList<>())
                    .add(NodeJson.of(resource, created));
        }
        return new LinkedHashMap<>(disabled);
    }

    private Map<String, List<String>> children() {
        Map<String, List<String>> children = new TreeMap<>();
        parents.keySet().forEach(id -> children.put(id, new ArrayList<>()));
        parents.forEach((id, inputs) -> inputs.forEach(input ->
                children.computeIfAbsent(input, key -> new ArrayList<>()).add(id)));
        return children;
    }
}
