package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Template;
import org.jspecify.annotations.Nullable;

/**
 * A model, test, seed, analysis, snapshot or hook, parsed. Immutable.
 *
 * @param relation where it is written to
 * @param code its text as written; empty for a seed
 * @param template its code compiled; null for a seed
 * @param test of a generic test only
 */
public record Resource(
        Identity identity,
        Properties properties,
        Config config,
        Dependencies dependencies,
        RelationName relation,
        String code,
        String checksum,
        @Nullable Template template,
        @Nullable TestInfo test) {
    public NodeId id() {
        return identity.id();
    }

    public NodeKind kind() {
        return identity.kind();
    }

    public String name() {
        return identity.name();
    }

    public String packageName() {
        return identity.packageName();
    }

    /** Of a versioned model: a text or number as the YAML file has it. */
    public @Nullable Object version() {
        return properties.extra().get("version");
    }

    /** The version that a {@code ref} without one means. */
    public @Nullable Object latestVersion() {
        return properties.extra().get("latest_version");
    }

    public String materialized() {
        return config.materialized();
    }

    /** Whether it has no relation of its own but is laid into those that read it. */
    public boolean ephemeral() {
        return kind() == NodeKind.MODEL && materialized().equals("ephemeral");
    }

    public Resource with(Dependencies resolved) {
        return new Resource(identity, properties, config, resolved, relation, code, checksum, template, test);
    }

    public Resource with(Config other) {
        return new Resource(identity, properties, other, dependencies, relation, code, checksum, template, test);
    }

    @Override
    public String toString() {
        return id().toString();
    }
}
