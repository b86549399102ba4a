package dev.millrace.transform.internal.cache;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Template;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import org.jspecify.annotations.Nullable;

/** Writes resources and what they are made of; {@link ResourceReader} reads them in the same order. */
final class ResourceWriter {
    private final CacheWriter out;

    ResourceWriter(CacheWriter out) {
        this.out = out;
    }

    void resource(Resource resource) {
        identity(resource.identity());
        properties(resource.properties());
        config(resource.config());
        dependencies(resource.dependencies());
        relation(resource.relation());
        out.text(resource.code());
        out.text(resource.checksum());
        Template template = resource.template();
        out.bool(template != null);
        if (template != null) {
            out.text(template.name());
            out.text(template.source());
        }
        TestInfo test = resource.test();
        out.bool(test != null);
        if (test != null) {
            test(test);
        }
    }

    private void test(TestInfo test) {
        out.text(test.namespace());
        out.text(test.name());
        out.map(test.kwargs());
        out.text(test.columnName());
        NodeId attached = test.attachedNode();
        out.bool(attached != null);
        if (attached != null) {
            id(attached);
        }
        out.text(test.fileKeyName());
        out.text(test.shortName());
    }

    void source(SourceTable source) {
        identity(source.identity());
        out.text(source.sourceName());
        out.text(source.sourceDescription());
        properties(source.properties());
        config(source.config());
        relation(source.relation());
        out.map(source.quoting());
        out.map(source.sourceMeta());
        out.texts(source.tags());
        out.map(source.meta());
        out.map(source.extra());
    }

    void identity(Identity identity) {
        id(identity.id());
        out.text(identity.owner().name());
        out.text(identity.name());
        out.text(identity.path());
        out.text(identity.originalPath());
        out.text(identity.display());
        out.texts(identity.fqn());
        position(identity.position());
    }

    void id(NodeId id) {
        out.shared("id", () -> {
            out.text(id.kind().name());
            out.text(id.project());
            out.text(id.name());
        });
    }

    void position(Position position) {
        out.text(position.file());
        out.number(position.line());
        out.number(position.column());
    }

    private void relation(RelationName relation) {
        out.text(relation.warehouse());
        out.text(relation.database());
        out.text(relation.schema());
        out.text(relation.identifier());
    }

    void config(Config config) {
        out.shared("config", () -> out.map(config.values()));
    }

    void dependencies(Dependencies dependencies) {
        out.list(dependencies.refs(), this::ref);
        out.list(dependencies.sources(), this::source);
        out.list(dependencies.nodes(), this::id);
        out.texts(dependencies.macros());
    }

    private void ref(RefArgs ref) {
        out.text(ref.packageName());
        out.text(ref.name());
        out.value(ref.version());
        position(ref.position());
    }

    void source(SourceArgs source) {
        out.text(source.source());
        out.text(source.table());
        position(source.position());
    }

    private void properties(Properties properties) {
        out.text(properties.description());
        out.text(properties.patchPath());
        out.map(properties.extra());
        out.skippable(() -> out.list(properties.columns().values(), this::column));
    }

    private void column(ColumnInfo column) {
        out.text(column.name());
        out.text(column.description());
        out.map(column.meta());
        out.text(column.dataType());
        nullable(column.quote());
        out.texts(column.tags());
        out.value(column.constraints());
    }

    private void nullable(@Nullable Boolean value) {
        out.value(value);
    }
}
