package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.transform.internal.resource.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which versions of a model a unit test is for: {@code versions: {include: […]}} or {@code {exclude: […]}}. */
final class TestedVersions {
    private TestedVersions() {}

    static List<Resource> of(Patch patch, List<Resource> all) {
        Optional<YamlMap> versions = patch.map().map("versions");
        if (versions.isEmpty()) {
            return all;
        }
        versions.get().allowOnly(List.of("include", "exclude"));
        List<String> include = listed(versions.get(), "include");
        List<String> exclude = listed(versions.get(), "exclude");
        List<Resource> chosen = all.stream()
                .filter(model -> model.version() != null)
                .filter(model -> include.isEmpty() || include.contains(String.valueOf(model.version())))
                .filter(model -> !exclude.contains(String.valueOf(model.version())))
                .toList();
        if (include.isEmpty() && exclude.isEmpty()) {
            return all;
        }
        if (chosen.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the unit test '" + patch.name() + "' chooses versions that the model '"
                            + patch.map().requireString("model") + "' does not have",
                    patch.map().positionOf("versions"),
                    "Its versions are: "
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(Resource::version)
                                            .filter(Objects::nonNull)
                                            .map(String::valueOf)
                                            .toList())
                            + ".",
                    null);
        }
        return chosen;
    }

    private static List<String> listed(YamlMap map, String key) {
        return map.list(key)
                .map(YamlList::toJava)
                .map(values -> values.stream().map(String::valueOf).toList())
                .orElse(List.of());
    }
}
