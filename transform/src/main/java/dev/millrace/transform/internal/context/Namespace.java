package dev.millrace.transform.internal.context;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Undefined;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A named group of values: {@code dbt_utils.star}, {@code exceptions.warn}, {@code api.Relation}. */
public final class Namespace implements JinjaObject {
    private final String name;
    private final Function<String, @Nullable Object> values;
    private final String describe;

    /** @param describe what to say of a name it lacks, such as {@code "package 'dbt_utils' has no macro"} */
    public Namespace(String name, String describe, Function<String, @Nullable Object> values) {
        this.name = name;
        this.describe = describe;
        this.values = values;
    }

    public static Namespace of(String name, Map<String, ?> values) {
        return new Namespace(name, "'" + name + "' has no attribute", values::get);
    }

    @Override
    public Object attribute(String key) {
        Object value = values.apply(key);
        return value == null ? missing(key) : value;
    }

    @Override
    public Undefined missing(String key) {
        return Undefined.because(key, describe + " '" + key + "'");
    }

    @Override
    public String display() {
        return "<" + name + ">";
    }

    @Override
    public String typeName() {
        return name;
    }
}
