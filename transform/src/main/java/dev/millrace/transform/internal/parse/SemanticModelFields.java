package dev.millrace.transform.internal.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dimensions, measures and entities of a semantic model in the form of the manifest. */
final class SemanticModelFields {
    private final Map<?, ?> meta;

    /** @param meta of the semantic model, which its elements inherit */
    SemanticModelFields(Map<?, ?> meta) {
        this.meta = meta;
    }

    Map<String, @Nullable Object> dimension(Map<String, @Nullable Object> from) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        SemanticFields.copy(from, json, "name", "type", "description", "label");
        json.put("is_partition", SemanticFields.flag(from.get("is_partition")));
        json.put("type_params", typeParams(from.get("type_params")));
        json.put("expr", SemanticFields.text(from.get("expr")));
        json.put("metadata", null);
        json.put("config", config(from));
        return json;
    }

    private static @Nullable Object typeParams(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Map<String, @Nullable Object> from = SemanticFields.map(value);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("time_granularity", from.get("time_granularity"));
        Object validity = from.get("validity_params");
        if (validity != null) {
            Map<String, @Nullable Object> known = SemanticFields.map(validity);
            validity = Map.of(
                    "is_start",
                    SemanticFields.flag(known.get("is_start")),
                    "is_end",
                    SemanticFields.flag(known.get("is_end")));
        }
        json.put("validity_params", validity);
        return json;
    }

    Map<String, @Nullable Object> entity(Map<String, @Nullable Object> from) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        SemanticFields.copy(from, json, "name", "type", "description", "label", "role");
        json.put("expr", SemanticFields.text(from.get("expr")));
        json.put("config", config(from));
        return json;
    }

    Map<String, @Nullable Object> measure(Map<String, @Nullable Object> from) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        SemanticFields.copy(from, json, "name", "agg", "description", "label");
        json.put("create_metric", false);
        json.put("expr", SemanticFields.text(from.get("expr")));
        json.put("agg_params", aggregation(from.get("agg_params")));
        Object additive = from.get("non_additive_dimension");
        if (additive != null) {
            Map<String, @Nullable Object> written = SemanticFields.map(additive);
            Map<String, @Nullable Object> known = new LinkedHashMap<>();
            SemanticFields.copy(written, known, "name", "window_choice");
            known.put("window_groupings", SemanticFields.list(written.get("window_groupings")));
            additive = known;
        }
        json.put("non_additive_dimension", additive);
        json.put("agg_time_dimension", from.get("agg_time_dimension"));
        json.put("config", config(from));
        return json;
    }

    private static @Nullable Object aggregation(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Map<String, @Nullable Object> from = SemanticFields.map(value);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("percentile", from.get("percentile"));
        for (String key : List.of("use_discrete_percentile", "use_approximate_percentile")) {
            json.put(key, SemanticFields.flag(from.get(key)));
        }
        return json;
    }

    private Map<String, Object> config(Map<String, @Nullable Object> from) {
        Map<Object, @Nullable Object> all = new LinkedHashMap<>(meta);
        all.putAll(SemanticFields.map(SemanticFields.map(from.get("config")).get("meta")));
        return Map.of("meta", all);
    }
}
