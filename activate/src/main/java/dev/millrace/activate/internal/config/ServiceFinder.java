package dev.millrace.activate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks up the systems of millrace.yml that syncs deliver to: under {@code destinations:}, then under {@code sources:}.
 */
final class ServiceFinder {
    private final Project project;
    private final Collection<String> types;

    /** @param types of destinations there are */
    ServiceFinder(Project project, Collection<String> types) {
        this.project = project;
        this.types = types;
    }

    Sync.Service find(String name, Position position, String object, Position objectPosition) {
        YamlMap settings = section("destinations")
                .flatMap(all -> all.map(name))
                .or(() -> section("sources").flatMap(all -> all.map(name)))
                .orElseThrow(() -> notFound(name, position));
        YamlMap typeOnly = new YamlMap(
                settings.has("type")
                        ? java.util.Map.of("type", settings.entries().get("type"))
                        : java.util.Map.of(),
                settings.position());
        String type = project.render(typeOnly).requireString("type").toLowerCase(Locale.ROOT);
        if (!types.contains(type)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "syncs cannot deliver to '" + name + "', which is of type '" + type + "'",
                    position,
                    "Types that can be delivered to: " + String.join(", ", types) + ".",
                    null);
        }
        return new Sync.Service(name, type, settings, position, object, objectPosition);
    }

    private Optional<YamlMap> section(String key) {
        return project.settings().map(key);
    }

    private MillraceException notFound(String name, Position position) {
        Set<String> known = new TreeSet<>();
        section("destinations").ifPresent(all -> known.addAll(all.keys()));
        section("sources").ifPresent(all -> known.addAll(all.keys()));
        String near = Suggestion.hint(name, known);
        return new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "millrace.yml has no destination '" + name + "'",
                position,
                (near == null ? "" : near + " ")
                        + "Destinations stand under 'destinations:' of millrace.yml; one that is a"
                        + " source too may stand under 'sources:' only.",
                null);
    }
}
