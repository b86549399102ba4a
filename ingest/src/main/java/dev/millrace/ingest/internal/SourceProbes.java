package dev.millrace.ingest.internal;

import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.ingest.source.SourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How to try the sources of millrace.yml. */
public final class SourceProbes {
    private static final String SECTION = "sources";

    private SourceProbes() {}

    /** One for each source of one of these types, in the order of the file. */
    public static List<Probe> of(Project project, Collection<SourceType> types) {
        return project.settings()
                .map(SECTION)
                .map(sources -> of(project, types, sources))
                .orElse(List.of());
    }

    private static List<Probe> of(Project project, Collection<SourceType> types, YamlMap sources) {
        List<Probe> probes = new ArrayList<>();
        for (String name : sources.keys()) {
            SourceCatalog catalog = new SourceCatalog(project, types);
            if (sources.map(name).filter(catalog::reads).isPresent()) {
                probes.add(new Probe(
                        SECTION,
                        name,
                        patience ->
                                catalog.source(name, sources.positionOf(name)).probe(patience)));
            }
        }
        return probes;
    }
}
