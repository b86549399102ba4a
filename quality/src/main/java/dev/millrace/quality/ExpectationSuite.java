package dev.millrace.quality;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.quality.internal.json.Json;
import dev.millrace.quality.internal.json.JsonNodes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A suite that is being put together by Java code. Not thread-safe. */
public final class ExpectationSuite {
    private final String name;
    private final List<Expected> expectations = new ArrayList<>();

    ExpectationSuite(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** In the order they were added. */
    public List<Expected> expectations() {
        return Collections.unmodifiableList(expectations);
    }

    /** Adds an expectation; it takes the place of one of the same kind on the same columns and rows. */
    void add(Expected expectation) {
        expectations.add(expectation);
    }

    /** Leaves out what a later expectation of the same kind on the same columns and rows has taken the place of. */
    private List<Expected> current() {
        List<Expected> current = new ArrayList<>();
        for (Expected one : expectations) {
            current.removeIf(one::isSame);
            current.add(one);
        }
        return current;
    }

    /** The expectations as nodes, as if read from a file. */
    List<YamlMap> entries() {
        List<YamlMap> entries = new ArrayList<>();
        for (Expected one : current()) {
            entries.add((YamlMap) JsonNodes.parse(Json.compact(one.toMap()), name));
        }
        return entries;
    }

    Position position() {
        return Position.ofFile(name);
    }

    /** Writes {@code folder/name.json} as Great Expectations 1.x saves suites. */
    Path save(Path folder, String relation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("expectations", current().stream().map(Expected::toMap).toList());
        json.put("meta", Map.of("millrace", Map.of("relation", relation)));
        Path file = folder.resolve(name + ".json");
        Json.save(file, Json.pretty(json) + "\n");
        return file;
    }
}
