package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.transform.internal.resource.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a YAML file says of a model with {@code versions:} apart, into one description for each version
 * (docs.getdbt.com/docs/mesh/govern/model-versions).
 */
final class ModelVersions {
    /** What a version may say otherwise than the model. */
    private static final List<String> REPLACED =
            List.of("description", "access", "constraints", "docs", "data_tests", "tests", "deprecation_date");

    /**
     * One version.
     *
     * @param stem the name of its file, without {@code .sql}
     * @param map what is said of it, in the form of an unversioned model's, with {@code version} and
     *     {@code latest_version}
     */
    record One(String stem, YamlMap map, boolean latest) {}

    private ModelVersions() {}

    static List<One> of(YamlMap model) {
        List<YamlMap> versions = model.maps("versions");
        Map<String, YamlNode> written = new LinkedHashMap<>();
        for (YamlMap version : versions) {
            YamlNode v = version.require("v");
            if (written.put(String.valueOf(v.toJava()), v) != null) {
                throw new MillraceException(
                        ErrorCode.NODE_DUPLICATE,
                        "the version " + v.toJava() + " stands twice in the list of versions",
                        v.position(),
                        null,
                        null);
            }
        }
        YamlNode latest = latest(model, written);
        List<One> all = new ArrayList<>();
        for (YamlMap version : versions) {
            YamlNode v = version.require("v");
            String stem = version.string("defined_in").orElse(model.requireString("name") + "_v" + v.toJava());
            boolean isLatest = String.valueOf(v.toJava()).equals(String.valueOf(latest.toJava()));
            all.add(new One(stem, merged(model, version, v, latest), isLatest));
        }
        return all;
    }

    private static YamlNode latest(YamlMap model, Map<String, YamlNode> versions) {
        Optional<YamlNode> given = model.get("latest_version");
        if (given.isEmpty()) {
            String newest = versions.keySet().stream().max(Version::compare).orElseThrow();
            return Objects.requireNonNull(versions.get(newest));
        }
        YamlNode known = versions.get(String.valueOf(given.get().toJava()));
        if (known == null) {
            String wanted = String.valueOf(given.get().toJava());
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "latest_version " + wanted + " is not one of the versions " + String.join(", ", versions.keySet()),
                    given.get().position(),
                    Suggestion.hint(wanted, versions.keySet()),
                    null);
        }
        return known;
    }

    private static YamlMap merged(YamlMap model, YamlMap version, YamlNode v, YamlNode latest) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>(model.entries());
        entries.remove("versions");
        for (String key : REPLACED) {
            YamlMap.Entry own = version.entries().get(key);
            if (own != null) {
                entries.put(key, own);
            }
        }
        if (version.has("data_tests") || version.has("tests")) {
            entries.remove(version.has("data_tests") ? "tests" : "data_tests");
        }
        version.map("config").ifPresent(config -> {
            Map<String, YamlMap.Entry> both = new LinkedHashMap<>();
            model.map("config").ifPresent(base -> both.putAll(base.entries()));
            both.putAll(config.entries());
            put(entries, "config", new YamlMap(both, config.position()));
        });
        version.list("columns").ifPresent(columns -> put(entries, "columns", columns(model, columns)));
        put(entries, "version", v);
        put(entries, "latest_version", latest);
        return new YamlMap(entries, model.position());
    }

    /** The columns a version lists itself, after those of the model that {@code include} and {@code exclude} leave. */
    private static YamlList columns(YamlMap model, YamlList written) {
        List<YamlNode> own = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        YamlMap choice = null;
        for (YamlNode item : written.items()) {
            if (item instanceof YamlMap map && (map.has("include") || map.has("exclude"))) {
                choice = map;
            } else {
                own.add(item);
                if (item instanceof YamlMap map) {
                    map.string("name").ifPresent(names::add);
                }
            }
        }
        List<YamlNode> kept = new ArrayList<>();
        for (YamlMap column : model.maps("columns")) {
            String name = column.string("name").orElse("");
            if (!names.contains(name) && chosen(choice, name)) {
                kept.add(column);
            }
        }
        kept.addAll(own);
        return new YamlList(kept, written.position());
    }

    private static boolean chosen(@Nullable YamlMap choice, String column) {
        if (choice == null) {
            return true;
        }
        List<String> include = choice.strings("include");
        boolean all = include.isEmpty()
                ? choice.get("include").isEmpty()
                : include.contains("*") || include.equals(List.of("all"));
        return (all || include.contains(column)) && !choice.strings("exclude").contains(column);
    }

    private static void put(Map<String, YamlMap.Entry> entries, String key, YamlNode value) {
        entries.put(key, new YamlMap.Entry(value.position(), value));
    }
}
