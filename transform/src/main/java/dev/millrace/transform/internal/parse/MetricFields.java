package dev.millrace.transform.internal.parse;

import dev.millrace.core.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code type_params} of a metric in the form of the manifest. */
final class MetricFields {
    private final String type;
    private final Map<String, @Nullable Object> written;
    private final Position position;

    MetricFields(String type, Map<String, @Nullable Object> written, Position position) {
        this.type = type;
        this.written = written;
        this.position = position;
    }

    Map<String, @Nullable Object> typeParams() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("measure", measure(written.get("measure")));
        json.put("input_measures", List.of());
        json.put("numerator", metric(written.get("numerator")));
        json.put("denominator", metric(written.get("denominator")));
        json.put("expr", SemanticFields.text(written.get("expr")));
        json.put("window", SemanticFields.window(written.get("window"), position));
        json.put("grain_to_date", written.get("grain_to_date"));
        json.put("metrics", SemanticFields.each(written.get("metrics"), this::metric));
        json.put("conversion_type_params", conversion());
        json.put("cumulative_type_params", cumulative());
        json.put("metric_aggregation_params", null);
        return json;
    }

    private static @Nullable Object measure(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Map<String, @Nullable Object> from = SemanticFields.named(value);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", from.get("name"));
        json.put("filter", SemanticFields.filter(from.get("filter")));
        json.put("alias", from.get("alias"));
        json.put("join_to_timespine", SemanticFields.flag(from.get("join_to_timespine")));
        json.put("fill_nulls_with", from.get("fill_nulls_with"));
        return json;
    }

    private @Nullable Object metric(@Nullable Object value) {
        return value == null ? null : metric(SemanticFields.named(value));
    }

    private Map<String, @Nullable Object> metric(Map<String, @Nullable Object> from) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", from.get("name"));
        json.put("filter", SemanticFields.filter(from.get("filter")));
        json.put("alias", from.get("alias"));
        json.put("offset_window", SemanticFields.window(from.get("offset_window"), position));
        json.put("offset_to_grain", from.get("offset_to_grain"));
        return json;
    }

    private @Nullable Object conversion() {
        if (written.get("conversion_type_params") == null) {
            return null;
        }
        Map<String, @Nullable Object> from = SemanticFields.map(written.get("conversion_type_params"));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("entity", from.get("entity"));
        json.put("base_measure", measure(from.get("base_measure")));
        json.put("conversion_measure", measure(from.get("conversion_measure")));
        json.put("calculation", from.getOrDefault("calculation", "conversion_rate"));
        json.put("window", SemanticFields.window(from.get("window"), position));
        json.put("constant_properties", from.get("constant_properties"));
        return json;
    }

    private @Nullable Object cumulative() {
        if (!type.equals("cumulative")) {
            return null;
        }
        Map<String, @Nullable Object> from = SemanticFields.map(written.get("cumulative_type_params"));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Object window = from.get("window") == null ? written.get("window") : from.get("window");
        json.put("window", SemanticFields.window(window, position));
        json.put(
                "grain_to_date",
                from.get("grain_to_date") == null ? written.get("grain_to_date") : from.get("grain_to_date"));
        json.put("period_agg", from.getOrDefault("period_agg", "first"));
        json.put("metric", null);
        return json;
    }
}
