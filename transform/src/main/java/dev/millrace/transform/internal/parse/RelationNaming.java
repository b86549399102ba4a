package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Templates;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is written: the macros {@code generate_database_name}, {@code generate_schema_name} and
 * {@code generate_alias_name}, which a project may replace (docs.getdbt.com/docs/build/custom-schemas).
 */
final class RelationNaming {
    private final ProjectContext project;
    private final String warehouse;

    /** @param warehouse the identity of the target's warehouse */
    RelationNaming(ProjectContext project, String warehouse) {
        this.project = project;
        this.warehouse = warehouse;
    }

    RelationName name(Identity identity, Config config) {
        String suffix = identity.version()
                .map(version -> "_v" + version.replace('.', '_'))
                .orElse("");
        return name(identity, config, identity.name() + suffix);
    }

    /** @param fallback the alias unless configured otherwise */
    RelationName name(Identity identity, Config config, String fallback) {
        NodeContext context = ParseNames.context(project, identity, new Capture());
        String database = generate(context, "database", config.text("database"), identity, config, fallback);
        String schema = generate(context, "schema", config.text("schema"), identity, config, fallback);
        if (identity.kind() == NodeKind.SNAPSHOT) {
            // The older keys say where a snapshot goes without asking the macros.
            database = config.text("target_database", database);
            schema = config.text("target_schema", schema);
        }
        String alias = identity.kind() == NodeKind.TEST && !config.has("alias")
                ? fallback
                : generate(context, "alias", config.text("alias"), identity, config, fallback);
        return new RelationName(warehouse, database, schema, alias);
    }

    private String generate(
            NodeContext context,
            String part,
            @Nullable String custom,
            Identity identity,
            Config config,
            String fallback) {
        String name = "generate_" + part + "_name";
        Macro macro = macro(name, identity.packageName());
        if (isBuiltin(macro) && isBuiltin(project.macros().dispatch(name, null, identity.packageName()))) {
            return builtin(part, custom, fallback);
        }
        if (macro == null) {
            return builtin(part, custom, fallback);
        }
        try {
            Object result = context.bind(macro)
                    .call(Call.of(
                            List.of(custom == null ? None.NONE : custom, node(identity, config)), java.util.Map.of()));
            return Values.str(result).strip();
        } catch (JinjaException e) {
            throw Templates.failure(e, macro.position());
        }
    }

    private @Nullable Macro macro(String name, String packageName) {
        Macro own = project.macros().inPackage(project.project().name(), name);
        return own != null ? own : project.macros().find(name, packageName);
    }

    private static boolean isBuiltin(@Nullable Macro macro) {
        return macro != null
                && macro.packageName().startsWith(Macros.INTERNAL)
                && macro.code().isEmpty();
    }

    private String builtin(String part, @Nullable String custom, String fallback) {
        String given = custom == null ? "" : custom.strip();
        return switch (part) {
            case "database" -> given.isEmpty() ? project.database() : given;
            case "schema" -> given.isEmpty() ? project.schema() : project.schema() + "_" + given;
            default -> given.isEmpty() ? fallback : given;
        };
    }

    private static PyDict node(Identity identity, Config config) {
        PyDict node = new PyDict();
        node.put("unique_id", identity.id().toString());
        node.put("name", identity.name());
        node.put("package_name", identity.packageName());
        node.put("resource_type", identity.kind().key());
        node.put("path", identity.path());
        node.put("original_file_path", identity.originalPath());
        node.put("fqn", new PyList(identity.fqn()));
        node.put("tags", new PyList(config.tags()));
        node.put("config", Values.fromJava(config.values()));
        node.put("meta", Values.fromJava(config.map("meta")));
        node.put("version", identity.version().<Object>map(version -> version).orElse(None.NONE));
        return node;
    }
}
