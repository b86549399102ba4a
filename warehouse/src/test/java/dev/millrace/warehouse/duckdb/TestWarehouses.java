package dev.millrace.warehouse.duckdb;

import dev.millrace.core.Position;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warehouses as a profile would describe them, without a project around. */
final class TestWarehouses {
    private static final Position NOWHERE = new Position("profiles.yml", 4, 7);

    private TestWarehouses() {}

    static Warehouse file(Path file) {
        return open(Path.of(""), Map.of("path", file.toAbsolutePath().toString()));
    }

    static Warehouse open(Path root, Map<String, ?> settings) {
        return DuckDbWarehouse.open(DuckDbSettings.read(root, target(settings)));
    }

    static Target target(Map<String, ?> settings) {
        return new Target("shop", "dev", "duckdb", (YamlMap) node(settings), 4);
    }

    private static YamlNode node(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
            map.forEach((key, item) -> entries.put(String.valueOf(key), new YamlMap.Entry(NOWHERE, node(item))));
            return new YamlMap(entries, NOWHERE);
        }
        if (value instanceof List<?> list) {
            return new YamlList(list.stream().map(TestWarehouses::node).toList(), NOWHERE);
        }
        return new YamlScalar(value, String.valueOf(value), NOWHERE);
    }
}
