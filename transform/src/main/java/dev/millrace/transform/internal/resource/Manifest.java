package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything a dbt project holds, parsed and looked up by name. Immutable and thread-safe. */
public final class Manifest {
    private final Map<NodeId, Resource> resources;
    private final Map<NodeId, SourceTable> sources;
    private final Map<NodeId, Exposure> exposures;
    private final Map<NodeId, SemanticNode> semantics;
    private final List<Resource> disabled;
    private final List<DocBlock> docs;
    private final Map<String, List<Resource>> referable = new HashMap<>();
    private final Map<String, List<Resource>> off = new HashMap<>();
    private final Map<String, List<SourceTable>> sourceTables = new HashMap<>();

    public Manifest(
            Collection<Resource> resources,
            Collection<SourceTable> sources,
            Collection<Exposure> exposures,
            Collection<SemanticNode> semantics,
            Collection<Resource> disabled,
            Collection<DocBlock> docs) {
        Map<NodeId, Resource> byId = new LinkedHashMap<>();
        resources.forEach(resource -> byId.putIfAbsent(resource.id(), resource));
        this.resources = Collections.unmodifiableMap(byId);
        Map<NodeId, SourceTable> tables = new LinkedHashMap<>();
        sources.forEach(source -> tables.putIfAbsent(source.identity().id(), source));
        this.sources = Collections.unmodifiableMap(tables);
        Map<NodeId, Exposure> uses = new LinkedHashMap<>();
        exposures.forEach(exposure -> uses.putIfAbsent(exposure.identity().id(), exposure));
        this.exposures = Collections.unmodifiableMap(uses);
        Map<NodeId, SemanticNode> meanings = new LinkedHashMap<>();
        semantics.forEach(node -> meanings.putIfAbsent(node.id(), node));
        this.semantics = Collections.unmodifiableMap(meanings);
        this.disabled = List.copyOf(disabled);
        this.docs = List.copyOf(docs);
        byId.values().stream()
                .filter(Manifest::isReferable)
                .forEach(resource -> referable
                        .computeIfAbsent(resource.name(), name -> new ArrayList<>())
                        .add(resource));
        disabled.stream()
                .filter(Manifest::isReferable)
                .forEach(resource -> off.computeIfAbsent(resource.name(), name -> new ArrayList<>())
                        .add(resource));
        tables.values()
                .forEach(source -> sourceTables
                        .computeIfAbsent(
                                key(source.sourceName(), source.identity().name()), name -> new ArrayList<>())
                        .add(source));
    }

    /** Whether {@code ref} can name it. */
    public static boolean isReferable(Resource resource) {
        return resource.kind() == NodeKind.MODEL
                || resource.kind() == NodeKind.SEED
                || resource.kind() == NodeKind.SNAPSHOT;
    }

    /** What {@code ref} means in {@code fromPackage}: its own first, then the root project's, then any other. */
    public Optional<Resource> ref(RefArgs ref, String fromPackage, String rootPackage) {
        return pick(versions(referable, ref), ref.packageName(), fromPackage, rootPackage);
    }

    /** The versions of a model. */
    public List<String> versions(String name) {
        return referable.getOrDefault(name, List.of()).stream()
                .filter(resource -> resource.version() != null)
                .map(resource -> String.valueOf(resource.version()))
                .sorted(Version::compare)
                .toList();
    }

    /** The disabled resource that {@code ref} would mean. */
    public Optional<Resource> disabledRef(RefArgs ref, String fromPackage, String rootPackage) {
        return pick(versions(off, ref), ref.packageName(), fromPackage, rootPackage);
    }

    /** Those of the name that a ref may mean by its version: without one, the latest. */
    private static List<Resource> versions(Map<String, List<Resource>> named, RefArgs ref) {
        return named.getOrDefault(ref.name(), List.of()).stream()
                .filter(resource -> {
                    Object version = resource.version();
                    Object wanted = ref.version() != null ? ref.version() : resource.latestVersion();
                    return version == null
                            ? ref.version() == null
                            : String.valueOf(version).equals(String.valueOf(wanted));
                })
                .toList();
    }

    private static Optional<Resource> pick(
            List<Resource> candidates, @Nullable String wanted, String fromPackage, String rootPackage) {
        if (wanted != null) {
            return candidates.stream()
                    .filter(r -> r.packageName().equals(wanted))
                    .findFirst();
        }
        for (String preferred : List.of(fromPackage, rootPackage)) {
            for (Resource candidate : candidates) {
                if (candidate.packageName().equals(preferred)) {
                    return Optional.of(candidate);
                }
            }
        }
        return candidates.stream().findFirst();
    }

    /** What {@code source} means in {@code fromPackage}. */
    public Optional<SourceTable> source(String source, String table, String fromPackage) {
        List<SourceTable> candidates = sourceTables.getOrDefault(key(source, table), List.of());
        return candidates.stream()
                .filter(candidate -> candidate.identity().packageName().equals(fromPackage))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static String key(String source, String table) {
        return source + "\0" + table;
    }

    /** The names {@code ref} accepts. */
    public Collection<String> referableNames() {
        return Collections.unmodifiableCollection(referable.keySet());
    }

    public Map<NodeId, Resource> resources() {
        return resources;
    }

    public Map<NodeId, SourceTable> sources() {
        return sources;
    }

    public Map<NodeId, Exposure> exposures() {
        return exposures;
    }

    /** The semantic models, metrics and saved queries. */
    public Map<NodeId, SemanticNode> semantics() {
        return semantics;
    }

    public List<Resource> disabled() {
        return disabled;
    }

    public List<DocBlock> docs() {
        return docs;
    }
}
