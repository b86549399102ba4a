package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Dependencies;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceArgs;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the {@code unit_tests:} of YAML files, when the models are known. */
final class UnitTestParser {
    private static final List<String> KEYS = List.of(
            "name", "description", "model", "given", "expect", "overrides", "config", "versions", "tags", "meta");

    private final Parsing parsing;
    private final Manifest manifest;
    private final FixtureParser fixtures;

    UnitTestParser(Parsing parsing, Manifest manifest) {
        this.parsing = parsing;
        this.manifest = manifest;
        this.fixtures = new FixtureParser(parsing);
    }

    /** The enabled unit tests of all packages; what is wrong with one joins the problems. */
    List<UnitTest> parse() {
        List<UnitTest> found = new ArrayList<>();
        for (Patch patch : parsing.yaml().entries("unit_tests")) {
            parsing.guard(() -> {
                patch.map().allowOnly(KEYS);
                for (Resource model : models(patch)) {
                    UnitTest test = parse(patch, model);
                    if (test.config().enabled()) {
                        found.add(test);
                    }
                }
            });
        }
        return found;
    }

    /** The tested model: all its versions unless the test chooses some. None when it is disabled. */
    private List<Resource> models(Patch patch) {
        String name = patch.map().requireString("model");
        String packageName = patch.file().owner().name();
        RefArgs ref = new RefArgs(null, name, null, patch.map().positionOf("model"));
        if (manifest.ref(ref, packageName, parsing.project().name())
                .filter(resource -> resource.kind() == NodeKind.MODEL)
                .isPresent()) {
            return TestedVersions.of(
                    patch,
                    manifest.resources().values().stream()
                            .filter(resource -> resource.kind() == NodeKind.MODEL
                                    && resource.name().equals(name)
                                    && resource.packageName().equals(packageName))
                            .toList());
        }
        if (parsing.broken().contains(name)
                || manifest.disabledRef(ref, packageName, parsing.project().name())
                        .isPresent()) {
            return List.of();
        }
        throw new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                "the unit test '" + patch.name() + "' is of the model '" + name + "', which does not exist",
                patch.map().positionOf("model"),
                Suggestion.hint(name, manifest.referableNames()),
                null);
    }

    private UnitTest parse(Patch patch, Resource model) {
        YamlMap map = patch.map();
        Identity identity = identity(patch, model);
        Map<String, @Nullable Object> written = new LinkedHashMap<>(PropertiesReader.config(map));
        if (map.has("tags")) {
            written.put("tags", map.strings("tags"));
        }
        Map<String, @Nullable Object> resolved = parsing.configs()
                .resolve(NodeKind.UNIT_TEST, patch.file().owner(), identity.fqn(), written, List.of())
                .values();
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        for (String key : List.of("enabled", "tags", "meta")) {
            config.put(key, resolved.get(key));
        }
        Map<NodeId, Fixture> given = new LinkedHashMap<>();
        for (YamlMap input : map.maps("given")) {
            NodeId id = input(input, identity, model);
            given.put(
                    id,
                    fixtures.parse(
                            input, patch.file().owner(), manifest.resources().get(id)));
        }
        YamlMap expect = map.map("expect")
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "the unit test '" + patch.name() + "' has no 'expect'",
                        patch.position(),
                        "Say which rows the model must give: expect: {rows: [...]}.",
                        null));
        return new UnitTest(
                identity,
                parsing.properties().description(map, identity.packageName()),
                new Config(config),
                model,
                given,
                fixtures.parse(expect, patch.file().owner(), null),
                overrides(map),
                map.map("versions").map(YamlMap::toJava).orElse(Map.of()));
    }

    private static Identity identity(Patch patch, Resource model) {
        String packageName = patch.file().owner().name();
        String name = patch.name();
        List<String> fqn = new ArrayList<>();
        fqn.add(packageName);
        fqn.addAll(List.of(patch.file().folders()));
        fqn.add(model.name());
        fqn.add(name);
        String suffix = model.version() == null ? "" : "_v" + model.version();
        return new Identity(
                new NodeId(NodeKind.UNIT_TEST, packageName, model.name() + "." + name + suffix),
                patch.file().owner(),
                name,
                patch.file().relative(),
                patch.file().original(),
                patch.file().display(),
                fqn,
                patch.position());
    }

    private static UnitTest.Overrides overrides(YamlMap map) {
        YamlMap overrides = map.map("overrides").orElse(YamlMap.empty(map.position()));
        overrides.allowOnly(List.of("macros", "vars", "env_vars"));
        return new UnitTest.Overrides(
                values(overrides, "macros"), values(overrides, "vars"), values(overrides, "env_vars"));
    }

    private static Map<String, @Nullable Object> values(YamlMap map, String key) {
        return map.map(key).map(YamlMap::toJava).orElse(Map.of());
    }

    /** What {@code input: ref('a')}, {@code source('a', 'b')} or {@code this} stands for. */
    private NodeId input(YamlMap given, Identity identity, Resource model) {
        String written = given.requireString("input").strip();
        if (written.equals("this")) {
            return model.id();
        }
        Position position = given.positionOf("input");
        Capture capture = new Capture();
        NodeContext context = ParseNames.context(parsing.context(), identity, capture);
        try {
            DbtJinja.ENVIRONMENT.compile("{{" + written + "}}", position.file()).evaluate(context);
        } catch (JinjaException e) {
            throw parsing.failure(e, position, context.packageName()).at(position);
        }
        Dependencies read = capture.dependencies();
        for (RefArgs ref : read.refs()) {
            return manifest.ref(ref, model.packageName(), parsing.project().name())
                    .map(Resource::id)
                    .orElseThrow(() -> new MillraceException(
                            ErrorCode.REF_NOT_FOUND,
                            ref + " in " + identity.id() + " names no model, seed or snapshot",
                            position,
                            Suggestion.hint(ref.name(), manifest.referableNames()),
                            null));
        }
        for (SourceArgs source : read.sources()) {
            return manifest.source(source.source(), source.table(), model.packageName())
                    .map(table -> table.identity().id())
                    .orElseGet(() ->
                            new NodeId(NodeKind.SOURCE, model.packageName(), source.source() + "." + source.table()));
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "an input must be ref(…), source(…) or this, but is " + written,
                position,
                null,
                null);
    }
}
