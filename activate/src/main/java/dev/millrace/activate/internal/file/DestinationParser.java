package dev.millrace.activate.internal.file;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads {@code destination:} of a sync, and looks up the system it names: under {@code destinations:} of millrace.yml,
 * then under {@code sources:}.
 */
final class DestinationParser {
    private static final List<String> SERVICE = List.of("service", "connection");
    private static final String OBJECT = "object";

    private final Project project;
    private final Map<String, DestinationFactory> factories;

    /** @param factories by the type they open */
    DestinationParser(Project project, Map<String, DestinationFactory> factories) {
        this.project = project;
        this.factories = factories;
    }

    /** @param settings of the sync's destination, rendered but for templates over a record */
    record Parsed(DestinationFactory factory, Sync.Service service, YamlMap settings) {}

    /** @param keyWords the spellings of the key, which may stand here too */
    Parsed parse(YamlMap written, Collection<String> keyWords) {
        String word = SERVICE.stream().filter(written::has).findFirst().orElse(SERVICE.get(0));
        String name = project.render(only(written, List.of(word))).requireString(word);
        Position position = written.require(word).position();
        YamlMap entry = entry(name, position);
        String type = type(project, entry);
        DestinationFactory factory = factory(name, type, position);

        List<String> known = new ArrayList<>(SERVICE);
        known.add(OBJECT);
        known.addAll(keyWords);
        known.addAll(factory.keys());
        written.allowOnly(known);
        YamlMap settings = rendered(written, factory.templates());
        String object = factory.needsObject()
                ? settings.requireString(OBJECT)
                : settings.string(OBJECT).orElse("");
        Position objectPosition =
                settings.get(OBJECT).map(node -> node.position()).orElse(position);
        return new Parsed(
                factory,
                new Sync.Service(name, type, entry, position, object, objectPosition, only(settings, factory.keys())),
                settings);
    }

    /** The type of an entry of millrace.yml; the rest of it is not looked at. */
    static String type(Project project, YamlMap entry) {
        String written = project.render(only(entry, List.of("type")))
                .requireString("type")
                .toLowerCase(Locale.ROOT);
        return switch (written) {
            case "postgresql", "pg" -> "postgres";
            case "webhook" -> "http";
            default -> written;
        };
    }

    private DestinationFactory factory(String name, String type, Position position) {
        DestinationFactory factory = factories.get(type);
        if (factory == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "syncs cannot deliver to '" + name + "', which is of type '" + type + "'",
                    position,
                    "Types that can be delivered to: " + String.join(", ", factories.keySet()) + ".",
                    null);
        }
        return factory;
    }

    private YamlMap rendered(YamlMap written, Set<String> templates) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        written.entries().forEach((key, value) -> {
            YamlMap one = only(written, List.of(key));
            entries.putAll((templates.contains(key) ? one : project.render(one)).entries());
        });
        return new YamlMap(entries, written.position());
    }

    private static YamlMap only(YamlMap map, Collection<String> keys) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>(map.entries());
        entries.keySet().retainAll(keys);
        return new YamlMap(entries, map.position());
    }

    private YamlMap entry(String name, Position position) {
        return section("destinations")
                .flatMap(all -> all.map(name))
                .or(() -> section("sources").flatMap(all -> all.map(name)))
                .orElseThrow(() -> notFound(name, position));
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
