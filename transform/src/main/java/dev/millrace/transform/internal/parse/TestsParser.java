package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the generic tests of models, seeds, snapshots and sources. */
final class TestsParser {
    private final Parsing parsing;
    private final GenericTestParser tests;

    TestsParser(Parsing parsing) {
        this.parsing = parsing;
        this.tests = new GenericTestParser(parsing);
    }

    /** The tests beside a model, seed or snapshot. */
    List<Resource> of(Patch patch, @Nullable NodeId attached) {
        Optional<String> version = patch.map().get("version").map(node -> String.valueOf(node.toJava()));
        GenericTestParser.Target target = new GenericTestParser.Target(
                patch.file(),
                version.map(v -> patch.name() + "_v" + v).orElse(patch.name()),
                "ref('" + patch.name() + "'"
                        + version.map(v -> ", version='" + v + "'").orElse("") + ")",
                "",
                attached,
                patch.section() + "." + patch.name());
        return parse(
                target, patch.map(), parsing.properties().read(patch).columns().values());
    }

    /** The tests of a source's table. */
    List<Resource> of(SourceParser.Parsed parsed) {
        SourceTable table = parsed.table();
        String tableName = table.identity().name();
        GenericTestParser.Target target = new GenericTestParser.Target(
                parsed.patch().file(),
                table.sourceName() + "_" + tableName,
                "source('" + table.sourceName() + "', '" + tableName + "')",
                "source_",
                null,
                "sources." + table.sourceName());
        return parse(target, parsed.entry(), table.properties().columns().values());
    }

    private List<Resource> parse(GenericTestParser.Target target, YamlMap map, Iterable<ColumnInfo> columns) {
        List<Resource> found = new ArrayList<>();
        boolean quoteAll = map.bool("quote_columns").orElse(false);
        for (ColumnInfo column : columns) {
            boolean quote = column.quote() == null ? quoteAll : column.quote();
            String name = quote ? "\"" + column.name() + "\"" : column.name();
            for (YamlNode test : column.tests()) {
                parsing.guard(() -> found.add(tests.parse(target, test, name, column.tags())));
            }
        }
        for (YamlNode test : PropertiesReader.tests(map)) {
            parsing.guard(() -> found.add(tests.parse(target, test, null, List.of())));
        }
        return found;
    }
}
