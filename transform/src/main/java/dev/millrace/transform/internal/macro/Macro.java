package dev.millrace.transform.internal.macro;

import dev.millrace.core.Position;
import dev.millrace.jinja.Definition;
import java.util.function.Supplier;

/**
 * A macro, generic test or materialization.
 *
 * @param name as templates call it: {@code test_unique} for the test {@code unique},
 *     {@code materialization_table_default} for a materialization
 * @param path within its package
 * @param definition compiled when first asked for
 */
public record Macro(
        String packageName, String name, String path, Position position, String code, Supplier<Definition> definition) {
    /** As dbt's manifest names it. */
    public String uniqueId() {
        return "macro." + packageName + "." + name;
    }

    @Override
    public String toString() {
        return uniqueId();
    }
}
