package dev.millrace.transform.internal.resource;

import dev.millrace.core.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column that a YAML file describes. */
public record ColumnInfo(
        String name,
        String description,
        Map<String, @Nullable Object> meta,
        @Nullable String dataType,
        @Nullable Boolean quote,
        List<String> tags,
        List<@Nullable Object> constraints,
        List<YamlNode> tests) {}
