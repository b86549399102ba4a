package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one suite, as Great Expectations 0.x or 1.x saves it. */
final class SuiteReader {
    private static final List<String> KNOWN = List.of(
            "expectation_suite_name",
            "name",
            "expectations",
            "meta",
            "data_asset_type",
            "data_asset_name",
            "ge_cloud_id",
            "id",
            "notes",
            "evaluation_parameters",
            "suite_parameters",
            "great_expectations_version",
            "millrace");
    private static final List<String> OWN = List.of("relation", "model", "blocking", "severity", "tags", "enabled");

    private final Project project;
    private final RelationFinder relations;
    private final Problems problems;

    SuiteReader(Project project, RelationFinder relations, Problems problems) {
        this.project = project;
        this.relations = relations;
        this.problems = problems;
    }

    /** The suite, unless it says {@code enabled: false}. */
    Optional<Suite> read(YamlMap file, String path) {
        file.allowOnly(KNOWN);
        YamlMap own = file.map("millrace")
                .or(() -> file.map("meta").flatMap(meta -> meta.map("millrace")))
                .orElse(YamlMap.empty(file.position()));
        own.allowOnly(OWN);
        if (!own.bool("enabled").orElse(true)) {
            return Optional.empty();
        }
        String stem = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]+$", "");
        Optional<YamlNode> named = file.get("name").or(() -> file.get("expectation_suite_name"));
        String name = file.string("name")
                .or(() -> file.string("expectation_suite_name"))
                .orElse(stem);
        Position position = named.map(YamlNode::position).orElse(file.position());
        Node subject = subject(file, own, name, stem, path, position);
        Parameters parameters = Parameters.of(file, project);
        EntryReader reader = new EntryReader(relations, own);
        List<SuiteEntry> entries = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (YamlMap entry : file.maps("expectations")) {
            problems.collect(() -> entries.add(reader.read(parameters.resolve(entry), names)));
        }
        if (file.get("expectations").isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "'expectations' is missing",
                    file.position(),
                    "A suite has a list of expectations.",
                    null);
        }
        return Optional.of(new Suite(name, path, position, subject, entries));
    }

    private Node subject(YamlMap file, YamlMap own, String name, String stem, String path, Position position) {
        for (String key : List.of("relation", "model")) {
            if (own.has(key)) {
                return relations.find(own.requireString(key), own.require(key).position());
            }
        }
        Set<String> candidates = new LinkedHashSet<>();
        file.string("data_asset_name").ifPresent(candidates::add);
        addForms(name, candidates);
        addForms(stem, candidates);
        String[] folders = path.split("/");
        if (folders.length > 2) {
            candidates.add(folders[folders.length - 2]);
        }
        for (String candidate : candidates) {
            Optional<Node> found = relations.lookup(candidate, position);
            if (found.isPresent()) {
                return found.get();
            }
        }
        MillraceException unknown = relations.notFound(candidates.iterator().next(), position);
        throw new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                "cannot tell which relation the suite '" + name + "' is about: none is called "
                        + String.join(", ", candidates),
                position,
                unknown.hint().map(hint -> hint + " ").orElse("")
                        + "Name it with \"meta\": {\"millrace\": {\"relation\": \"ref('…')\"}}.",
                null);
    }

    /** {@code orders_suite}, {@code orders.warning} and {@code raw.orders.critical} are about orders. */
    private static void addForms(String name, Set<String> candidates) {
        candidates.add(name);
        String bare = name.replaceFirst("([._-]?(expectations?|expectation_suite|suite))$", "");
        if (!bare.isEmpty()) {
            candidates.add(bare);
        }
        String plain = bare.replaceFirst("\\.(warning|critical|failure|error|default|basic|demo)$", "");
        candidates.add(plain);
        if (plain.indexOf('.') > 0) {
            candidates.add(plain.substring(0, plain.indexOf('.')));
        }
        candidates.remove("");
    }
}
