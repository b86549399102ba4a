package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What YAML files declare by themselves: sources, generic tests and exposures. Not thread-safe. */
final class YamlResources {
    private final Parsing parsing;
    private final String warehouse;
    private final @Nullable Reuse reuse;
    private final List<Resource> resources;
    private final List<Resource> disabled;
    private final List<SourceTable> sources = new ArrayList<>();
    private final List<Resource> tests = new ArrayList<>();
    private final List<Exposure> exposures = new ArrayList<>();
    private final List<SemanticNode> semantics = new ArrayList<>();

    /**
     * @param warehouse the identity of the target's warehouse
     * @param reuse what need not be read, if anything
     * @param resources the enabled ones of SQL and CSV files, which may be tested
     * @param disabled the others
     */
    YamlResources(
            Parsing parsing,
            String warehouse,
            @Nullable Reuse reuse,
            List<Resource> resources,
            List<Resource> disabled) {
        this.parsing = parsing;
        this.warehouse = warehouse;
        this.reuse = reuse;
        this.resources = resources;
        this.disabled = disabled;
    }

    /** All tables, enabled and disabled ones. */
    List<SourceTable> sources() {
        return sources;
    }

    List<Resource> tests() {
        return tests;
    }

    /** The enabled ones. */
    List<Exposure> exposures() {
        return exposures;
    }

    /** The enabled ones. */
    List<SemanticNode> semantics() {
        return semantics;
    }

    void read() {
        SourceParser sourceParser = new SourceParser(parsing, warehouse);
        TestsParser testParser = new TestsParser(parsing);
        Map<String, List<Patch>> byFile = byFile("sources");
        for (String path : parsing.yaml().described().keySet()) {
            if (reuse != null && !reuse.reads(path)) {
                sources.addAll(reuse.sources(path));
                tests.addAll(reuse.tests(path, "sources"));
            }
            for (Patch patch : byFile.getOrDefault(path, List.of())) {
                parsing.guard(() -> sourceParser.parse(patch).forEach(source -> {
                    sources.add(source.table());
                    if (source.table().config().enabled()) {
                        tests.addAll(testParser.of(source));
                    }
                }));
            }
        }
        readTests(testParser, "models", NodeKind.MODEL);
        readTests(testParser, "seeds", NodeKind.SEED);
        readTests(testParser, "snapshots", NodeKind.SNAPSHOT);
        ExposureParser exposureParser = new ExposureParser(parsing);
        for (Patch patch : parsing.yaml().entries("exposures")) {
            parsing.guard(() -> {
                Exposure exposure = exposureParser.parse(patch);
                if (exposure.config().enabled()) {
                    exposures.add(exposure);
                }
            });
        }
        readSemantics();
    }

    private void readSemantics() {
        SemanticParser parser = new SemanticParser(parsing);
        for (Patch patch : parsing.yaml().entries("semantic_models")) {
            parsing.guard(() -> parser.semanticModel(patch).forEach(this::add));
        }
        for (Patch patch : parsing.yaml().entries("metrics")) {
            parsing.guard(() -> add(parser.metric(patch)));
        }
        RelationName anywhere = new RelationName(
                warehouse, parsing.context().database(), parsing.context().schema(), "");
        for (Patch patch : parsing.yaml().entries("saved_queries")) {
            parsing.guard(() -> add(parser.savedQuery(patch, anywhere)));
        }
    }

    private void add(SemanticNode node) {
        if (node.config().enabled()) {
            semantics.add(node);
        }
    }

    private void readTests(TestsParser parser, String section, NodeKind kind) {
        Set<NodeId> enabled = ids(resources);
        Set<NodeId> off = ids(disabled);
        Map<String, List<Patch>> byFile = byFile(section);
        parsing.problems()
                .map(List.copyOf(parsing.yaml().described().keySet()), path -> {
                    if (reuse != null && !reuse.reads(path)) {
                        return reuse.tests(path, section);
                    }
                    List<Resource> found = new ArrayList<>();
                    for (Patch patch : byFile.getOrDefault(path, List.of())) {
                        described(kind, patch, enabled)
                                .ifPresent(id -> parsing.problems().guard(() -> found.addAll(parser.of(patch, id))));
                    }
                    return found;
                })
                .forEach(tests::addAll);
        for (Patch patch : parsing.yaml().entries(section)) {
            NodeId id = id(kind, patch);
            Optional<NodeId> meant = described(kind, patch, enabled);
            if (meant.isPresent() && !meant.get().equals(id)) {
                parsing.warnings().accept(wrongSection(patch, section, meant.get()));
            } else if (meant.isEmpty() && !off.contains(id)) {
                parsing.warnings()
                        .accept(new MillraceException(
                                ErrorCode.REF_NOT_FOUND,
                                "'" + patch.name() + "' is described under '" + section + "' but has no file",
                                patch.position(),
                                Suggestion.hint(
                                        patch.name(),
                                        resources.stream()
                                                .filter(resource -> resource.kind() == kind)
                                                .map(Resource::name)
                                                .toList()),
                                null));
            }
        }
    }

    private Map<String, List<Patch>> byFile(String section) {
        Map<String, List<Patch>> patches = new HashMap<>();
        for (Patch patch : parsing.yaml().entries(section)) {
            patches.computeIfAbsent(patch.patchPath(), path -> new ArrayList<>())
                    .add(patch);
        }
        return patches;
    }

    private static NodeId id(NodeKind kind, Patch patch) {
        return new NodeId(kind, patch.file().owner().name(), patch.nodeName());
    }

    /** What an entry is about: what its section says, or else what has its name. */
    private static Optional<NodeId> described(NodeKind kind, Patch patch, Set<NodeId> enabled) {
        return Stream.of(kind, NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT)
                .map(possible -> id(possible, patch))
                .filter(enabled::contains)
                .findFirst();
    }

    private static MillraceException wrongSection(Patch patch, String section, NodeId meant) {
        String kind = meant.kind().key();
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + patch.name() + "' is described under '" + section + "' but is a " + kind
                        + ": only its tests are taken",
                patch.position(),
                "Move it under '" + kind + "s'.",
                null);
    }

    private static Set<NodeId> ids(List<Resource> list) {
        return list.stream().map(Resource::id).collect(Collectors.toSet());
    }
}
