package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a generic test is made of.
 *
 * @param namespace the package in {@code dbt_utils.expression_is_true}, or null
 * @param kwargs the arguments as written, with {@code model} and {@code column_name} added
 * @param attachedNode the model or seed it belongs to, or null for a source's
 * @param fileKeyName such as {@code models.orders}
 */
public record TestInfo(
        @Nullable String namespace,
        String name,
        Map<String, @Nullable Object> kwargs,
        @Nullable String columnName,
        @Nullable NodeId attachedNode,
        String fileKeyName,
        String shortName) {}
