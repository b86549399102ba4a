package dev.millrace.cdc.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Millrace, not Debezium, has to know of a connector: from the properties that begin with {@code millrace.}, and
 * from {@code cdc: <connector>:} in millrace.yml, which wins. {@code history} and {@code delete} may name a table:
 * {@code history.public.orders}, or just {@code history.orders}.
 */
public final class ConnectorOptions {
    private static final List<String> KEYS = List.of("source", "schema", "destination", "history", "delete");
    private static final List<String> PER_TABLE = List.of("history", "delete");

    private final Map<String, Option> options;

    private record Option(String value, Position position) {}

    private ConnectorOptions(Map<String, Option> options) {
        this.options = options;
    }

    /** @throws MillraceException CONFIG_INVALID at the option that is unknown or has a wrong value */
    public static ConnectorOptions of(ConnectorSpec spec, Project project) {
        Map<String, Option> all = new LinkedHashMap<>();
        spec.options().forEach((key, value) -> all.put(key, new Option(value, spec.at("millrace." + key))));
        project.settings()
                .map("cdc")
                .flatMap(cdc -> cdc.map(spec.name()))
                .map(project::render)
                .ifPresent(map -> flatten("", map, all));
        ConnectorOptions options = new ConnectorOptions(all);
        options.check();
        return options;
    }

    private static void flatten(String prefix, YamlMap map, Map<String, Option> into) {
        map.entries().forEach((key, entry) -> {
            YamlNode value = entry.value();
            if (value instanceof YamlMap inner) {
                flatten(prefix + key + ".", inner, into);
            } else if (value instanceof YamlScalar scalar && scalar.value() != null) {
                into.put(prefix + key, new Option(scalar.text(), entry.keyPosition()));
            } else {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'" + key + "' must be a text, but is " + value.describe(),
                        value.position(),
                        null,
                        null);
            }
        });
    }

    private void check() {
        options.forEach((key, option) -> {
            String first = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
            if (!KEYS.contains(first) || (!key.equals(first) && !PER_TABLE.contains(first))) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "unknown option '" + key + "'",
                        option.position(),
                        Suggestion.hint(first, KEYS),
                        null);
            }
            if (first.equals("history")) {
                bool(option);
            } else if (first.equals("delete")) {
                policy(option);
            }
        });
    }

    /** The entry under {@code sources:} that describes the database. */
    public Optional<String> source() {
        return text("source");
    }

    /** Where the tables go. */
    public String schema() {
        return text("schema").orElse("raw");
    }

    /** The profile of the warehouse, if it is not the project's own. */
    public Optional<String> destination() {
        return text("destination");
    }

    public Position at(String key, Position otherwise) {
        Option option = options.get(key);
        return option == null ? otherwise : option.position();
    }

    public TableOptions table(TableId table) {
        return new TableOptions(
                find("history", table).map(ConnectorOptions::bool).orElse(false),
                find("delete", table).map(ConnectorOptions::policy).orElse(DeletePolicy.HARD));
    }

    private Optional<Option> find(String key, TableId table) {
        return Optional.ofNullable(options.get(key + "." + table))
                .or(() -> Optional.ofNullable(options.get(key + "." + table.table())))
                .or(() -> Optional.ofNullable(options.get(key)));
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(options.get(key)).map(Option::value);
    }

    private static boolean bool(Option option) {
        return switch (option.value()) {
            case "true", "True", "yes", "on" -> true;
            case "false", "False", "no", "off" -> false;
            default ->
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'history' must be true or false, but is '" + option.value() + "'",
                        option.position(),
                        null,
                        null);
        };
    }

    private static DeletePolicy policy(Option option) {
        return switch (option.value()) {
            case "hard" -> DeletePolicy.HARD;
            case "soft" -> DeletePolicy.SOFT;
            default ->
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'delete' must be hard or soft, but is '" + option.value() + "'",
                        option.position(),
                        "hard removes the row, soft keeps it with _millrace_deleted = true.",
                        null);
        };
    }
}
