package dev.millrace.events.internal.config;

import dev.millrace.core.Problems;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Kafka sources of a project. Stateless. */
final class KafkaSources {
    private static final String TYPE = "kafka";

    private KafkaSources() {}

    /** @throws dev.millrace.core.MillraceException with everything that is wrong with them */
    static List<SourceSpec> read(Project project) {
        Optional<YamlMap> sources = project.settings().map("sources");
        if (sources.isEmpty()) {
            return List.of();
        }
        Problems problems = new Problems();
        List<SourceSpec> found = new ArrayList<>();
        for (String name : sources.get().keys()) {
            if (sources.get().get(name).orElse(null) instanceof YamlMap map && isKafka(map)) {
                problems.collect(() -> found.add(new SourceReader(project, name, project.render(map)).read()));
            }
        }
        problems.throwIfAny();
        return found;
    }

    private static boolean isKafka(YamlMap map) {
        return map.get("type").orElse(null) instanceof YamlScalar type
                && type.text().toLowerCase(Locale.ROOT).equals(TYPE);
    }
}
