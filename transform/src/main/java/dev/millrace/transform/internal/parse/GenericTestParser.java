package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Templates;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Definition;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.context.TestArguments;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.macro.Macros;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.TestInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses generic tests: the entries of {@code data_tests:} beside models, seeds, sources and their columns. */
final class GenericTestParser {
    private static final List<String> CONFIGS = List.of(
            "severity",
            "tags",
            "enabled",
            "where",
            "limit",
            "warn_if",
            "error_if",
            "fail_calc",
            "store_failures",
            "store_failures_as",
            "meta",
            "database",
            "schema",
            "alias");

    private final Parsing parsing;

    GenericTestParser(Parsing parsing) {
        this.parsing = parsing;
    }

    /**
     * What a test is written beside.
     *
     * @param name in the test's name: the model's, or {@code source_table}
     * @param reference the call that gives the relation: {@code ref('orders')}
     * @param kindPrefix {@code source_} for a source's table
     */
    record Target(
            SourceFile file,
            String name,
            String reference,
            String kindPrefix,
            @Nullable NodeId attached,
            String fileKey) {}

    Resource parse(Target target, YamlNode entry, @Nullable String column, List<String> columnTags) {
        Written written = Written.of(entry);
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        String customName = null;
        String description = "";
        if (column != null) {
            arguments.put("column_name", column);
        }
        for (Map.Entry<String, YamlMap.Entry> argument :
                written.arguments.entries().entrySet()) {
            YamlNode value = argument.getValue().value();
            switch (argument.getKey()) {
                case "name" -> customName = String.valueOf(value.toJava());
                case "description" -> description = String.valueOf(value.toJava());
                case "config" -> config.putAll(configOf(value));
                case "arguments" -> {
                    if (value instanceof YamlMap map) {
                        arguments.putAll(map.toJava());
                    }
                }
                case "model" ->
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "a test's arguments cannot include 'model'",
                            argument.getValue().keyPosition(),
                            "It is given by the place the test stands in.",
                            null);
                default -> {
                    if (CONFIGS.contains(argument.getKey())) {
                        config.putAll(configOf(written.arguments, argument.getKey()));
                    } else {
                        arguments.put(argument.getKey(), value.toJava());
                    }
                }
            }
        }
        arguments.put("model", "{{ get_where_subquery(" + target.reference() + ") }}");
        String kind = (written.namespace == null ? "" : written.namespace + "_") + target.kindPrefix() + written.name;
        GenericTestName name = customName != null
                ? new GenericTestName(customName, customName)
                : GenericTestName.of(kind, target.name(), arguments);
        if (!name.full().equals(name.brief()) && !config.containsKey("alias")) {
            config.put("alias", name.brief());
        }
        return resource(target, written, column, columnTags, arguments, config, name, description);
    }

    private Resource resource(
            Target target,
            Written written,
            @Nullable String column,
            List<String> columnTags,
            Map<String, @Nullable Object> arguments,
            Map<String, @Nullable Object> config,
            GenericTestName name,
            String description) {
        String packageName = target.file().owner().name();
        String hash = GenericTestName.hash(name.full(), written.namespace, written.name, arguments);
        List<String> fqn = new ArrayList<>();
        fqn.add(packageName);
        fqn.addAll(List.of(target.file().folders()));
        fqn.add(name.full());
        Identity identity = new Identity(
                new NodeId(NodeKind.TEST, packageName, name.full() + "." + hash),
                target.file().owner(),
                name.full(),
                name.brief() + ".sql",
                target.file().original(),
                target.file().display(),
                fqn,
                written.position);
        TestInfo test = new TestInfo(
                written.namespace, written.name, arguments, column, target.attached(), target.fileKey(), name.brief());
        Capture capture = new Capture();
        Macro macro = macro(written, packageName);
        NodeContext context = ParseNames.context(parsing.context(), identity, capture);
        capture.macros().add(macro);
        checkArguments(macro, test, written);
        capture(context, capture, macro, test, written);
        parsing.warn(capture.unknown(), identity);
        List<Map<String, @Nullable Object>> calls = new ArrayList<>(capture.configs());
        calls.add(config);
        if (!columnTags.isEmpty()) {
            calls.add(Map.of("tags", columnTags));
        }
        Config resolved = parsing.configs().resolve(NodeKind.TEST, target.file().owner(), fqn, Map.of(), calls);
        SeverityCheck.check(identity, resolved);
        RelationName relation = parsing.naming().name(identity, resolved, name.brief());
        String code = "{{ " + (written.namespace == null ? "" : written.namespace + ".") + "test_" + written.name
                + "(**_dbt_generic_test_kwargs) }}" + configCall(config);
        return new Resource(
                identity,
                new Properties(description, Map.of(), null, Map.of()),
                resolved,
                capture.dependencies(),
                relation,
                code,
                "",
                null,
                test);
    }

    /** The test's configuration as dbt writes it behind the call. */
    private static String configCall(Map<String, @Nullable Object> config) {
        List<String> parts = new ArrayList<>();
        CONFIGS.stream().filter(config::containsKey).forEach(key -> parts.add(key + "=" + literal(config.get(key))));
        config.keySet().stream()
                .filter(key -> !CONFIGS.contains(key))
                .forEach(key -> parts.add(key + "=" + literal(config.get(key))));
        return parts.isEmpty() ? "" : "{{ config(" + String.join(",", parts) + ") }}";
    }

    private static String literal(@Nullable Object value) {
        return value instanceof String text
                ? "\"" + text.replace("\"", "\\\"") + "\""
                : Values.str(Values.fromJava(value));
    }

    private Macro macro(Written written, String packageName) {
        Macros macros = parsing.context().macros();
        String name = "test_" + written.name;
        Macro macro =
                written.namespace == null ? macros.find(name, packageName) : macros.inPackage(written.namespace, name);
        if (macro != null) {
            return macro;
        }
        List<String> known = new ArrayList<>();
        macros.packages().forEach((owner, all) -> {
            boolean bare = owner.equals(parsing.project().name()) || macros.isInternal(owner);
            for (String candidate : all.keySet()) {
                if (candidate.startsWith("test_")) {
                    known.add((bare ? "" : owner + ".") + candidate.substring(5));
                }
            }
        });
        String wanted = written.namespace == null ? written.name : written.namespace + "." + written.name;
        throw new MillraceException(
                ErrorCode.MACRO_NOT_FOUND,
                "there is no generic test '" + wanted + "'",
                written.position,
                Suggestion.closest(wanted, known)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Define it with {% test " + written.name
                                + "(model) %} in tests/generic/, or install the package it comes from."),
                null);
    }

    /** Those of Millrace's own tests, which are not called here: others tell by themselves. */
    private static void checkArguments(Macro macro, TestInfo test, Written written) {
        if (!macro.code().isEmpty()) {
            return;
        }
        List<String> known = macro.definition().get().parameters().stream()
                .map(Definition.Parameter::name)
                .toList();
        for (String argument : test.kwargs().keySet()) {
            if (!known.contains(argument)) {
                throw new MillraceException(
                        ErrorCode.TEMPLATE_FAILED,
                        "the test '" + test.name() + "' takes no argument '" + argument + "'",
                        position(written, argument),
                        Suggestion.hint(
                                argument,
                                known.stream()
                                        .filter(name -> !name.equals("model"))
                                        .toList()),
                        null);
            }
        }
    }

    /** Finds what the test reads: its arguments' refs, and what a project's own test macro calls. */
    private void capture(NodeContext context, Capture capture, Macro macro, TestInfo test, Written written) {
        try {
            Map<String, Object> kwargs =
                    TestArguments.evaluate(test, context, written.arguments.position(), key -> position(written, key));
            Callable bound = context.bind(macro);
            if (!macro.code().isEmpty()) {
                capture.unknown().tolerate(() -> bound.call(Call.of(List.of(), kwargs)));
            }
        } catch (JinjaException e) {
            throw parsing.failure(e, written.position, context.packageName());
        }
    }

    private static Position position(Written written, String key) {
        YamlMap.Entry entry = written.arguments.entries().get(key);
        if (entry == null && written.arguments.get("arguments").orElse(null) instanceof YamlMap map) {
            entry = map.entries().get(key);
        }
        return entry == null ? written.position : entry.value().position();
    }

    private Map<String, @Nullable Object> configOf(YamlNode value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (value instanceof YamlMap map) {
            map.keys().forEach(key -> values.putAll(configOf(map, key)));
        }
        return values;
    }

    private Map<String, @Nullable Object> configOf(YamlMap map, String key) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.get(key)
                .ifPresent(node -> values.put(
                        key,
                        Templates.render(node, parsing.context().fileGlobals()).toJava()));
        return values;
    }

    /** A test as it is written: {@code unique}, or {@code relationships: {to: …}}, or {@code {test_name: …}}. */
    private record Written(@Nullable String namespace, String name, YamlMap arguments, Position position) {
        static Written of(YamlNode entry) {
            if (entry instanceof YamlScalar scalar && scalar.value() instanceof String name) {
                return named(name, YamlMap.empty(entry.position()), entry.position());
            }
            if (entry instanceof YamlMap map) {
                if (map.has("test_name")) {
                    Map<String, YamlMap.Entry> rest = new LinkedHashMap<>(map.entries());
                    rest.remove("test_name");
                    return named(map.requireString("test_name"), new YamlMap(rest, map.position()), map.position());
                }
                if (map.keys().size() == 1) {
                    Map.Entry<String, YamlMap.Entry> only =
                            map.entries().entrySet().iterator().next();
                    String name = only.getKey();
                    YamlNode arguments = only.getValue().value();
                    YamlMap values = arguments instanceof YamlMap given ? given : YamlMap.empty(map.position());
                    return named(name, values, map.positionOf(name));
                }
            }
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a test must be a name or a mapping with one key, but is " + entry.describe(),
                    entry.position(),
                    "Indent the test's arguments below its name.",
                    null);
        }

        private static Written named(String name, YamlMap arguments, Position position) {
            int dot = name.indexOf('.');
            return dot < 0
                    ? new Written(null, name, arguments, position)
                    : new Written(name.substring(0, dot), name.substring(dot + 1), arguments, position);
        }
    }
}
