package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.transform.internal.cache.ParseSnapshot;
import dev.millrace.transform.internal.context.ProjectContext;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/** A project whose files are as they were when they were parsed. */
final class KnownProject {
    private KnownProject() {}

    static ParsedProject of(ParseSnapshot snapshot, Project project, List<DbtPackage> packages, RelationName anywhere) {
        Macros macros = PackageSet.macros(project, packages, snapshot.macros());
        List<Resource> kept = new ArrayList<>();
        List<Resource> disabled = new ArrayList<>();
        List<Resource> dropped = new ArrayList<>();
        for (ParseSnapshot.Found found : snapshot.resources()) {
            Resource resource = found.resource();
            (found.kept() ? kept : resource.config().enabled() ? dropped : disabled).add(resource);
        }
        disabled.addAll(dropped);
        Manifest manifest = new Manifest(
                kept,
                snapshot.sources().stream()
                        .filter(source -> source.config().enabled())
                        .toList(),
                snapshot.exposures(),
                snapshot.semantics(),
                disabled,
                snapshot.docs());
        return new ParsedProject(
                new ProjectContext(project, packages, macros, anywhere.database(), anywhere.schema()),
                manifest,
                snapshot.undeclared(),
                snapshot.unitTests(),
                snapshot.groups(),
                snapshot.startHooks(),
                snapshot.endHooks(),
                List.of(),
                snapshot.warnings(),
                snapshot.id(),
                ParsedProject.Origin.CACHE);
    }
}
