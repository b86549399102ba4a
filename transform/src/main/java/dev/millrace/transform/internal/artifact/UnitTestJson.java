package dev.millrace.transform.internal.artifact;

import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unit tests in the form of dbt's manifest, version 12. */
final class UnitTestJson {
    private UnitTestJson() {}

    static Map<String, @Nullable Object> of(UnitTest test, double createdAt) {
        Identity identity = test.identity();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", test.tested().name());
        List<Object> given = new ArrayList<>();
        test.given().values().forEach(fixture -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("input", fixture.input());
            addRows(one, fixture);
            given.add(one);
        });
        json.put("given", given);
        Map<String, @Nullable Object> expect = new LinkedHashMap<>();
        addRows(expect, test.expect());
        json.put("expect", expect);
        json.put("name", identity.name());
        json.put("resource_type", "unit_test");
        json.put("package_name", identity.packageName());
        json.put("path", identity.path());
        json.put("original_file_path", identity.originalPath());
        json.put("unique_id", identity.id().toString());
        json.put("fqn", identity.fqn());
        json.put("description", test.description());
        Map<String, Object> overrides = new LinkedHashMap<>();
        overrides.put("macros", test.overrides().macros());
        overrides.put("vars", test.overrides().vars());
        overrides.put("env_vars", test.overrides().envVars());
        json.put("overrides", overrides);
        json.put(
                "depends_on",
                Map.of("macros", List.of(), "nodes", List.of(test.tested().id().toString())));
        json.put("config", test.config().values());
        json.put("checksum", null);
        json.put("schema", test.tested().relation().schema());
        json.put("created_at", createdAt);
        json.put("versions", test.versions().isEmpty() ? null : test.versions());
        json.put("version", test.tested().version());
        return json;
    }

    private static void addRows(Map<String, @Nullable Object> json, Fixture fixture) {
        json.put("rows", fixture.sql() == null ? plain(fixture.rows()) : fixture.sql());
        json.put("format", fixture.format());
        json.put("fixture", fixture.file());
    }

    /** Dates as texts. */
    private static List<Map<String, @Nullable Object>> plain(List<Map<String, @Nullable Object>> rows) {
        List<Map<String, @Nullable Object>> plain = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            row.forEach((name, value) ->
                    values.put(name, value instanceof java.time.temporal.Temporal ? value.toString() : value));
            plain.add(values);
        }
        return plain;
    }
}
