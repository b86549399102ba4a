package dev.millrace.transform.internal.resource;

import dev.millrace.core.Position;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that stand for a relation in a unit test.
 *
 * @param input as written, such as {@code ref('orders')}; empty for what is expected
 * @param format {@code dict}, {@code csv} or {@code sql}
 * @param rows the rows by column; empty for {@code sql}
 * @param sql a query; null unless the format is {@code sql}
 * @param file the name of the fixture file they come from, if any
 */
public record Fixture(
        String input,
        String format,
        List<Map<String, @Nullable Object>> rows,
        @Nullable String sql,
        @Nullable String file,
        Position position) {}
