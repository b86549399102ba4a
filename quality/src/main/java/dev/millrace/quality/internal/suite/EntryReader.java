package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.quality.internal.condition.ConditionParser;
import dev.millrace.quality.internal.condition.RowCondition;
import dev.millrace.quality.internal.expectation.Expectation;
import dev.millrace.quality.internal.expectation.ExpectationType;
import dev.millrace.quality.internal.expectation.Expectations;
import dev.millrace.quality.internal.expectation.Kwargs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one entry of a suite's {@code expectations}. */
public final class EntryReader {
    private static final List<String> KNOWN = List.of(
            "expectation_type",
            "type",
            "kwargs",
            "meta",
            "severity",
            "id",
            "ge_cloud_id",
            "expectation_context",
            "notes",
            "description",
            "success_on_last_run",
            "rendered_content",
            "windows");
    private static final List<String> OWN = List.of("blocking", "severity", "tags", "name");
    private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "warn", "info");

    private final RelationFinder relations;
    private final YamlMap suite;

    /** @param suite what the suite says for all of its expectations */
    public EntryReader(RelationFinder relations, YamlMap suite) {
        this.relations = relations;
        this.suite = suite;
    }

    /** @param names taken so far; the new one is added */
    public SuiteEntry read(YamlMap entry, Set<String> names) {
        YamlMap full = longForm(entry);
        full.allowOnly(KNOWN);
        String typeKey = full.has("type") ? "type" : "expectation_type";
        String typeName = full.requireString(typeKey);
        ExpectationType type = Expectations.all().get(typeName);
        if (type == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "there is no expectation '" + typeName + "'",
                    full.require(typeKey).position(),
                    Suggestion.hint(typeName, Expectations.all().keySet()),
                    null);
        }
        YamlMap kwargs = full.map("kwargs").orElse(YamlMap.empty(full.position()));
        List<NodeId> reads = new ArrayList<>();
        Expectation expectation = type.make(new Kwargs(kwargs, (name, position) -> {
            Node other = relations.find(name, position);
            reads.add(other.id());
            return other.relation().orElseThrow();
        }));
        YamlMap own = full.map("meta").flatMap(meta -> meta.map("millrace")).orElse(YamlMap.empty(full.position()));
        own.allowOnly(OWN);
        List<String> tags = new ArrayList<>(suite.strings("tags"));
        tags.addAll(own.strings("tags"));
        return new SuiteEntry(
                name(own.string("name"), type, kwargs, names),
                type,
                kwargs,
                expectation,
                rows(kwargs),
                blocking(full, own),
                tags,
                notes(full),
                reads,
                full.position());
    }

    /** {@code - expect_column_to_exist: {column: id}} is short for type and kwargs. */
    private static YamlMap longForm(YamlMap entry) {
        if (entry.entries().size() != 1 || entry.has("type") || entry.has("expectation_type")) {
            return entry;
        }
        Map.Entry<String, YamlMap.Entry> only =
                entry.entries().entrySet().iterator().next();
        Position position = only.getValue().keyPosition();
        YamlNode type = new YamlScalar(only.getKey(), only.getKey(), position);
        return new YamlMap(
                Map.of("type", new YamlMap.Entry(position, type), "kwargs", only.getValue()), entry.position());
    }

    private boolean blocking(YamlMap entry, YamlMap own) {
        for (YamlMap level : List.of(own, entry, suite)) {
            if (level.has("blocking")) {
                return level.bool("blocking").orElseThrow();
            }
            if (level.has("severity")) {
                String severity = level.requireString("severity").toLowerCase(Locale.ROOT);
                if (!SEVERITIES.contains(severity)) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "unknown severity '" + severity + "'",
                            level.require("severity").position(),
                            Suggestion.hint(severity, SEVERITIES),
                            null);
                }
                return severity.equals("critical") || severity.equals("error");
            }
        }
        return true;
    }

    private static Optional<RowCondition> rows(YamlMap kwargs) {
        Optional<YamlNode> condition = kwargs.get("row_condition");
        if (condition.isEmpty()) {
            return Optional.empty();
        }
        if (condition.get() instanceof YamlMap tree) {
            return Optional.of(ConditionTree.read(tree));
        }
        String parser = kwargs.string("condition_parser")
                .orElse(kwargs.requireString("row_condition").contains("col(") ? "great_expectations" : "sql");
        return Optional.of(ConditionParser.parse(
                kwargs.requireString("row_condition"), parser, condition.get().position()));
    }

    private static String notes(YamlMap entry) {
        return entry.get("description")
                .or(() -> entry.get("notes"))
                .or(() -> entry.map("meta").flatMap(meta -> meta.get("notes")))
                .map(node -> node instanceof YamlMap map ? map.get("content").orElse(map) : node)
                .map(node -> node instanceof YamlList list
                        ? list.items().stream()
                                .map(item -> String.valueOf(item.toJava()))
                                .collect(Collectors.joining("\n"))
                        : node instanceof YamlScalar scalar ? scalar.text() : "")
                .orElse("");
    }

    private static String name(Optional<String> given, ExpectationType type, YamlMap kwargs, Set<String> names) {
        String base = given.orElseGet(() -> {
            String kind = type.name().replaceFirst("^expect_", "").replaceFirst("^column_", "");
            String columns = kwargs.string("column")
                    .or(() -> kwargs.string("column_A")
                            .map(a -> a + "_" + kwargs.string("column_B").orElse("")))
                    .orElseGet(() -> kwargs.get("column_list").isPresent()
                            ? String.join("_", kwargs.strings("column_list"))
                            : "");
            return columns.isEmpty() ? kind : kind + "_" + columns;
        });
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }
}
