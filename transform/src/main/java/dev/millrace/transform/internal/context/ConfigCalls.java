package dev.millrace.transform.internal.context;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a {@code config(…)} call. */
public final class ConfigCalls {
    private ConfigCalls() {}

    /** The keywords, or the dict that stands in their place, as plain Java values. */
    public static Map<String, @Nullable Object> values(Call call) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (call.size() == 1 && call.keywords().isEmpty() && call.arg(0) instanceof PyDict dict) {
            for (PyDict.Entry entry : dict.entries()) {
                values.put(Values.str(entry.key()), Values.toJava(entry.value()));
            }
        } else if (call.size() == 0) {
            call.keywords().forEach((key, value) -> values.put(key, Values.toJava(value)));
        } else {
            throw JinjaException.type("config() takes keywords or one dict");
        }
        return values;
    }
}
