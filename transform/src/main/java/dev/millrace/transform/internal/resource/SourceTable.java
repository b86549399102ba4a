package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.RelationName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of a declared source.
 *
 * @param extra other keys that artifacts keep: {@code loader}, {@code freshness}, {@code loaded_at_field} …
 */
public record SourceTable(
        Identity identity,
        String sourceName,
        String sourceDescription,
        Properties properties,
        Config config,
        RelationName relation,
        Map<String, Boolean> quoting,
        Map<String, @Nullable Object> sourceMeta,
        List<String> tags,
        Map<String, @Nullable Object> meta,
        Map<String, @Nullable Object> extra) {}
