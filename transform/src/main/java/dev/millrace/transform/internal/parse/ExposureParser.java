package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.JinjaException;
import dev.millrace.transform.internal.context.NodeContext;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the {@code exposures:} of YAML files. */
final class ExposureParser {
    /** {@code metric('name')}, or with a package before the name. */
    private static final Pattern METRIC =
            Pattern.compile("\\s*metric\\(\\s*(?:['\"][^'\"]*['\"]\\s*,\\s*)?['\"]([^'\"]*)['\"]\\s*\\)\\s*");

    private static final List<String> TYPES = List.of("dashboard", "notebook", "analysis", "ml", "application");

    private final Parsing parsing;

    ExposureParser(Parsing parsing) {
        this.parsing = parsing;
    }

    Exposure parse(Patch patch) {
        YamlMap map = patch.map();
        String packageName = patch.file().owner().name();
        List<String> fqn = new ArrayList<>();
        fqn.add(packageName);
        fqn.addAll(List.of(patch.file().folders()));
        fqn.add(patch.name());
        Identity identity = new Identity(
                new NodeId(NodeKind.EXPOSURE, packageName, patch.name()),
                patch.file().owner(),
                patch.name(),
                patch.file().relative(),
                patch.file().original(),
                patch.file().display(),
                fqn,
                patch.position());
        String type = map.requireString("type");
        if (!TYPES.contains(type)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + type + "' is no type of an exposure",
                    map.positionOf("type"),
                    Optional.ofNullable(Suggestion.hint(type, TYPES))
                            .orElse("One of " + String.join(", ", TYPES) + "."),
                    null);
        }
        Map<String, @Nullable Object> written = new LinkedHashMap<>(PropertiesReader.config(map));
        if (map.has("tags")) {
            written.put("tags", map.strings("tags"));
        }
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        Map<String, @Nullable Object> resolved = parsing.configs()
                .resolve(NodeKind.EXPOSURE, patch.file().owner(), fqn, written, List.of())
                .values();
        for (String key : List.of("enabled", "tags", "meta")) {
            config.put(key, resolved.get(key));
        }
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        for (String key : List.of("type", "owner", "label", "maturity", "url")) {
            map.get(key).ifPresent(value -> extra.put(key, value.toJava()));
        }
        List<List<String>> metrics = new ArrayList<>();
        Capture capture = new Capture();
        NodeContext context = ParseNames.context(parsing.context(), identity, capture);
        for (YamlNode item : map.list("depends_on").map(YamlList::items).orElse(List.of())) {
            Matcher metric = METRIC.matcher(String.valueOf(item.toJava()));
            if (metric.matches()) {
                metrics.add(List.of(metric.group(1)));
            } else {
                reference(item, context);
            }
        }
        extra.put("metrics", metrics);
        return new Exposure(
                identity,
                parsing.properties().description(map, packageName),
                new Config(config),
                capture.dependencies(),
                extra);
    }

    private void reference(YamlNode item, NodeContext context) {
        try {
            DbtJinja.ENVIRONMENT
                    .compile("{{" + item.toJava() + "}}", item.position().file())
                    .evaluate(context);
        } catch (JinjaException e) {
            throw parsing.failure(e, item.position(), context.packageName()).at(item.position());
        }
    }
}
