package dev.millrace.activate.internal.file;

import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Route;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How to try the destinations of millrace.yml. */
public final class DestinationProbes {
    private static final String SECTION = "destinations";

    private DestinationProbes() {}

    /** One for each destination of a known type, in the order of the file. */
    public static List<Probe> of(Project project, Map<String, DestinationFactory> factories) {
        List<Probe> probes = new ArrayList<>();
        Optional<YamlMap> destinations = project.settings().map(SECTION);
        destinations.ifPresent(all -> all.keys()
                .forEach(name -> all.map(name).ifPresent(settings -> {
                    DestinationFactory factory = factories.get(DestinationParser.type(project, settings));
                    if (factory != null) {
                        probes.add(new Probe(SECTION, name, patience -> {
                            try (Destination destination =
                                    factory.open(name, project.render(settings), Route.probe(patience))) {
                                return destination.probe();
                            }
                        }));
                    }
                })));
        return probes;
    }
}
