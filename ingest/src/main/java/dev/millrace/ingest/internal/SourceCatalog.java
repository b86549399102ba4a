package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.ingest.source.SourceType;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources of a project and what they offer, asked for at most once. Commands that move data ask the source itself;
 * the others are content with what it said last time. Not thread-safe.
 */
final class SourceCatalog {
    private static final Set<String> ASKING_COMMANDS = Set.of("build", "ingest");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(2);

    private final Project project;
    private final Map<String, SourceType> types;
    private final DiscoveryCache cache;
    private final boolean asks;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, DiscoveryCache.Entry> asked = new HashMap<>();

    SourceCatalog(Project project, Collection<SourceType> types) {
        this.project = project;
        this.types = types.stream().collect(Collectors.toMap(SourceType::name, type -> type));
        this.cache = new DiscoveryCache(project.cacheDir().resolve("discovery"));
        this.asks = ASKING_COMMANDS.contains(project.invocation().command());
    }

    /**
     * The source of a name.
     *
     * @param usedAt where it is named
     */
    Source source(String name, Position usedAt) {
        Source known = sources.get(name);
        if (known != null) {
            return known;
        }
        Optional<YamlMap> all = project.settings().map("sources");
        YamlMap settings = all.flatMap(map -> map.map(name))
                .map(project::render)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "source '" + name + "' is not described in millrace.yml",
                        usedAt,
                        all.flatMap(map -> Suggestion.closest(name, map.keys()))
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Add it under 'sources:' there, for example:\nsources:\n  " + name + ": {type: "
                                        + likelyType(name) + ", …}"),
                        null));
        String typeName = settings.requireString("type");
        SourceType type = types.get(alias(typeName));
        if (type == null) {
            throw new MillraceException(
                    ErrorCode.ADAPTER_NOT_FOUND,
                    "no kind of source is named '" + typeName + "'",
                    settings.require("type").position(),
                    Suggestion.hint(typeName, types.keySet()),
                    null);
        }
        Source source = type.source(name, settings, project.invocation().environment());
        sources.put(name, source);
        return source;
    }

    /** Whether the type of an entry under {@code sources:} is one of those that are known here. */
    boolean reads(YamlMap settings) {
        YamlMap.Entry type = settings.entries().get("type");
        return type != null
                && project.render(new YamlMap(Map.of("type", type), settings.position()))
                        .string("type")
                        .filter(name -> types.containsKey(alias(name)))
                        .isPresent();
    }

    /**
     * What a source offers; empty if it cannot be asked, nothing is remembered, and the command can do without.
     *
     * @param wanted in any case of letters; of no meaning where the source is read as a whole
     */
    Optional<List<SourceStream>> streams(String name, Source source, Collection<String> wanted) {
        Set<String> lower =
                wanted.stream().map(one -> one.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(HashSet::new));
        DiscoveryCache.Entry before = asked.get(name);
        if (before != null && covers(before, source, lower)) {
            return Optional.of(before.streams());
        }
        if (before != null) {
            lower.addAll(before.wanted());
        }
        Optional<DiscoveryCache.Entry> remembered =
                cache.read(name, source.identity()).filter(entry -> covers(entry, source, lower));
        if (!asks && remembered.isPresent()) {
            return remembered.map(DiscoveryCache.Entry::streams);
        }
        try {
            List<SourceStream> streams = source.discover(lower, asks ? PATIENCE : LITTLE_PATIENCE);
            asked.put(name, new DiscoveryCache.Entry("", lower, streams));
            cache.write(name, source.identity(), lower, streams);
            return Optional.of(streams);
        } catch (MillraceException e) {
            // What is wrong with the source will be said by the steps that read it; the rest of the graph goes on.
            if (remembered.isPresent() || !asks) {
                return remembered.map(DiscoveryCache.Entry::streams);
            }
            throw e;
        }
    }

    private static boolean covers(DiscoveryCache.Entry entry, Source source, Set<String> wanted) {
        return source.readsEverything() || entry.wanted().containsAll(wanted);
    }

    private static String alias(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "postgresql", "pg", "source-postgres" -> "postgres";
            case "source-salesforce" -> "salesforce";
            default -> type.toLowerCase(Locale.ROOT);
        };
    }

    private String likelyType(String name) {
        return Suggestion.closest(name, types.keySet()).orElse("postgres");
    }
}
