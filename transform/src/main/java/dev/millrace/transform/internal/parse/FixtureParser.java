package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.seed.CsvRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of unit tests: in place, or from files below {@code fixtures/} in the test paths. */
final class FixtureParser {
    private static final List<String> FORMATS = List.of("dict", "csv", "sql");

    private final Parsing parsing;
    private final Map<String, Map<String, SourceFile>> files = new HashMap<>();

    FixtureParser(Parsing parsing) {
        this.parsing = parsing;
    }

    /** @param input the node that an input stands for; its own rows are taken when it is a seed and none are given */
    Fixture parse(YamlMap map, DbtPackage owner, @Nullable Resource input) {
        map.allowOnly(List.of("input", "rows", "format", "fixture"));
        String format = map.string("format").orElse("dict");
        if (!FORMATS.contains(format)) {
            throw invalid(
                    map,
                    "format",
                    "the format of rows must be dict, csv or sql, but is '" + format + "'",
                    Suggestion.hint(format, FORMATS));
        }
        String written = map.string("input").orElse("");
        Optional<String> file = map.string("fixture");
        if (format.equals("dict")) {
            return new Fixture(written, format, dicts(map, input), null, null, map.position());
        }
        String text = file.map(name -> fixture(map, owner, name, format)).orElseGet(() -> text(map, format));
        return format.equals("sql")
                ? new Fixture(written, format, List.of(), text, file.orElse(null), map.position())
                : new Fixture(written, format, CsvRows.of(text, ','), null, file.orElse(null), map.position());
    }

    private static List<Map<String, @Nullable Object>> dicts(YamlMap map, @Nullable Resource input) {
        YamlNode rows = map.get("rows").orElse(null);
        if (rows == null && input != null && input.kind() == NodeKind.SEED) {
            return seed(input);
        }
        if (!(rows instanceof YamlList list)) {
            throw invalid(map, "rows", "'rows' must be a list of mappings from columns to values", null);
        }
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (YamlNode row : list.items()) {
            if (!(row instanceof YamlMap values)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "a row must be a mapping from columns to values, but is " + row.describe(),
                        row.position(),
                        "Write {column: value, …}, or say format: csv or format: sql.",
                        null);
            }
            found.add(values.toJava());
        }
        return found;
    }

    private static List<Map<String, @Nullable Object>> seed(Resource seed) {
        try {
            String text = Files.readString(
                    seed.identity().owner().root().resolve(seed.identity().originalPath()), StandardCharsets.UTF_8);
            String delimiter = seed.config().text("delimiter", ",");
            return CsvRows.of(
                    text.startsWith("\uFEFF") ? text.substring(1) : text,
                    delimiter.isEmpty() ? ',' : delimiter.charAt(0));
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the seed: " + e.getMessage(),
                    seed.identity().position(),
                    null,
                    e);
        }
    }

    private static String text(YamlMap map, String format) {
        if (map.get("rows").orElse(null) instanceof YamlScalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw invalid(
                map, map.has("rows") ? "rows" : "format", "with format " + format + " the rows must be one text", null);
    }

    private String fixture(YamlMap map, DbtPackage owner, String name, String format) {
        SourceFile file = files(owner, format).get(name);
        if (file == null) {
            throw invalid(
                    map,
                    "fixture",
                    "there is no file " + name + "." + format + " in a folder 'fixtures' of the test paths",
                    Suggestion.hint(name, files(owner, format).keySet()));
        }
        return file.text();
    }

    private Map<String, SourceFile> files(DbtPackage owner, String format) {
        return files.computeIfAbsent(owner.name() + "." + format, key -> {
            Map<String, SourceFile> found = new HashMap<>();
            List<String> folders = owner.paths().tests().stream()
                    .map(folder -> folder + "/fixtures")
                    .toList();
            parsing.files().list(owner, folders, List.of("." + format)).forEach(file -> found.put(file.stem(), file));
            return found;
        });
    }

    private static MillraceException invalid(YamlMap map, String key, String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, map.positionOf(key), hint, null);
    }
}
