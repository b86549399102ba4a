package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a model's SQL on given rows (docs.getdbt.com/docs/build/unit-tests).
 *
 * @param given what stands for the model's inputs; the model itself stands for {@code this}
 * @param versions the {@code versions:} it is limited to, as written; empty for all
 */
public record UnitTest(
        Identity identity,
        String description,
        Config config,
        Resource tested,
        Map<NodeId, Fixture> given,
        Fixture expect,
        Overrides overrides,
        Map<String, @Nullable Object> versions) {
    public UnitTest {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /**
     * What the model sees changed.
     *
     * @param macros what macros give, by {@code name} or {@code package.name}
     */
    public record Overrides(
            Map<String, @Nullable Object> macros,
            Map<String, @Nullable Object> vars,
            Map<String, @Nullable Object> envVars) {}

    public NodeId id() {
        return identity.id();
    }
}
