package dev.millrace.transform.internal.artifact;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.run.RunEnvironment;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Comment;
import dev.millrace.warehouse.Relation;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the warehouse holds of a project, as dbt's catalog.json, version 1. */
public final class CatalogJson {
    private final ProjectContext context;
    private final Manifest manifest;
    private final Map<String, Map<String, RelationType>> schemas = new HashMap<>();
    private final Map<String, Map<String, String>> comments = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    public CatalogJson(ProjectContext context, Manifest manifest) {
        this.context = context;
        this.manifest = manifest;
    }

    /** @param wanted which nodes to look at */
    public Map<String, @Nullable Object> toMap(Session session, Predicate<NodeId> wanted) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (Resource resource : manifest.resources().values()) {
            if (RunEnvironment.writes(resource) && wanted.test(resource.id())) {
                add(nodes, session, resource.id(), resource.relation());
            }
        }
        Map<String, Object> sources = new LinkedHashMap<>();
        for (SourceTable source : manifest.sources().values()) {
            if (wanted.test(source.identity().id())) {
                add(sources, session, source.identity().id(), source.relation());
            }
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata());
        json.put("nodes", nodes);
        json.put("sources", sources);
        json.put("errors", problems.isEmpty() ? null : problems);
        return json;
    }

    /** The same without looking. */
    public Map<String, @Nullable Object> empty() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata());
        json.put("nodes", Map.of());
        json.put("sources", Map.of());
        json.put("errors", null);
        return json;
    }

    private Map<String, @Nullable Object> metadata() {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/catalog/v1.json");
        metadata.put("dbt_version", ProjectContext.DBT_VERSION);
        metadata.put("generated_at", ArtifactTime.of(Instant.now()));
        metadata.put("invocation_id", context.invocationId());
        metadata.put("invocation_started_at", ArtifactTime.of(context.started()));
        metadata.put("env", context.metadataEnv());
        return metadata;
    }

    private void add(Map<String, Object> all, Session session, NodeId id, RelationName name) {
        try {
            RelationType type = relations(session, name).get(name.identifier().toLowerCase(Locale.ROOT));
            if (type != null) {
                all.put(id.toString(), table(session, id, name, type));
            }
        } catch (MillraceException e) {
            problems.add(id + ": " + e.text());
        }
    }

    private Map<String, RelationType> relations(Session session, RelationName name) {
        return schemas.computeIfAbsent((name.database() + "\0" + name.schema()).toLowerCase(Locale.ROOT), key -> {
            Map<String, RelationType> found = new HashMap<>();
            for (Relation relation : session.relations(name.database(), name.schema())) {
                found.put(relation.name().identifier().toLowerCase(Locale.ROOT), relation.type());
            }
            return found;
        });
    }

    /** By relation, and by column after a dot; all in lower case. */
    private Map<String, String> comments(Session session, RelationName name) {
        return comments.computeIfAbsent((name.database() + "\0" + name.schema()).toLowerCase(Locale.ROOT), key -> {
            Map<String, String> found = new HashMap<>();
            for (Comment comment : session.comments(name.database(), name.schema())) {
                String column = comment.column().map(one -> "." + one).orElse("");
                found.put((comment.relation() + column).toLowerCase(Locale.ROOT), comment.text());
            }
            return found;
        });
    }

    private Map<String, Object> table(Session session, NodeId id, RelationName name, RelationType type) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("type", type == RelationType.VIEW ? "VIEW" : "BASE TABLE");
        metadata.put("schema", name.schema());
        metadata.put("name", name.identifier());
        metadata.put("database", name.database());
        Map<String, String> said = comments(session, name);
        String relation = name.identifier().toLowerCase(Locale.ROOT);
        metadata.put("comment", said.get(relation));
        metadata.put("owner", null);
        Map<String, Object> columns = new LinkedHashMap<>();
        long index = 1;
        for (Column column : session.columns(name)) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("type", column.type());
            one.put("index", index++);
            one.put("name", column.name());
            one.put("comment", said.get(relation + "." + column.name().toLowerCase(Locale.ROOT)));
            columns.put(column.name(), one);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata);
        json.put("columns", columns);
        json.put("stats", Map.of("has_stats", noStatistics()));
        json.put("unique_id", id.toString());
        return json;
    }

    private static Map<String, Object> noStatistics() {
        Map<String, Object> statistics = new LinkedHashMap<>();
        statistics.put("id", "has_stats");
        statistics.put("label", "Has Stats?");
        statistics.put("value", false);
        statistics.put("include", false);
        statistics.put("description", "Indicates whether there are statistics for this table");
        return statistics;
    }
}
