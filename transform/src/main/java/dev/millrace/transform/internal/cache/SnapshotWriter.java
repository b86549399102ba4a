package dev.millrace.transform.internal.cache;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.resource.DocBlock;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Group;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.UnitTest;

/** Writes a {@link ParseSnapshot}; {@link SnapshotReader} reads it in the same order. */
final class SnapshotWriter {
    private final CacheWriter out;
    private final ResourceWriter resources;

    private SnapshotWriter(CacheWriter out) {
        this.out = out;
        this.resources = new ResourceWriter(out);
    }

    /** @throws NotCacheable if something in it cannot be kept */
    static void write(ParseSnapshot snapshot, CacheWriter out) {
        new SnapshotWriter(out).snapshot(snapshot);
    }

    private void snapshot(ParseSnapshot snapshot) {
        out.text(snapshot.id());
        out.list(snapshot.entries().entrySet(), file -> {
            out.text(file.getKey());
            out.texts(file.getValue());
        });
        out.list(snapshot.macros().entrySet(), owner -> {
            out.text(owner.getKey());
            out.list(owner.getValue().values(), this::macro);
        });
        out.list(snapshot.docs(), this::doc);
        out.list(snapshot.resources(), found -> {
            out.bool(found.kept());
            resources.resource(found.resource());
        });
        out.list(snapshot.sources(), resources::source);
        out.list(snapshot.exposures(), this::exposure);
        out.list(snapshot.semantics(), this::semantic);
        out.list(snapshot.groups(), this::group);
        out.list(snapshot.unitTests(), this::unitTest);
        out.list(snapshot.undeclared().entrySet(), entry -> {
            resources.id(entry.getKey());
            resources.source(entry.getValue());
        });
        out.list(snapshot.startHooks(), resources::resource);
        out.list(snapshot.endHooks(), resources::resource);
        out.list(snapshot.warnings(), this::warning);
    }

    private void macro(Macro macro) {
        out.text(macro.name());
        out.text(macro.path());
        resources.position(macro.position());
        out.text(macro.code());
    }

    private void doc(DocBlock block) {
        out.text(block.name());
        out.text(block.packageName());
        out.text(block.path());
        out.text(block.originalPath());
        out.text(block.contents());
    }

    private void exposure(Exposure exposure) {
        resources.identity(exposure.identity());
        out.text(exposure.description());
        resources.config(exposure.config());
        resources.dependencies(exposure.dependencies());
        out.map(exposure.extra());
    }

    private void semantic(SemanticNode node) {
        resources.identity(node.identity());
        out.text(node.description());
        resources.config(node.config());
        resources.dependencies(node.dependencies());
        out.map(node.body());
    }

    private void group(Group group) {
        out.text(group.packageName());
        out.text(group.name());
        out.text(group.path());
        out.text(group.originalPath());
        out.text(group.description());
        out.map(group.owner());
        out.map(group.meta());
    }

    private void unitTest(UnitTest test) {
        resources.identity(test.identity());
        out.text(test.description());
        resources.config(test.config());
        resources.id(test.tested().id());
        out.list(test.given().entrySet(), given -> {
            NodeId id = given.getKey();
            resources.id(id);
            fixture(given.getValue());
        });
        fixture(test.expect());
        out.map(test.overrides().macros());
        out.map(test.overrides().vars());
        out.map(test.overrides().envVars());
        out.map(test.versions());
    }

    private void fixture(Fixture fixture) {
        out.text(fixture.input());
        out.text(fixture.format());
        out.list(fixture.rows(), out::map);
        out.text(fixture.sql());
        out.text(fixture.file());
        resources.position(fixture.position());
    }

    private void warning(MillraceException warning) {
        out.text(warning.code().name());
        out.text(warning.text());
        out.bool(warning.position().isPresent());
        warning.position().ifPresent(resources::position);
        out.text(warning.hint().orElse(null));
    }
}
