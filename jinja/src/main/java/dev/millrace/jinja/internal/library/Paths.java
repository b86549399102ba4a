package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Repr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The keys filters sort, group and map by: attributes given as {@code 'a.b.0'}, letters folded or not. */
final class Paths {
    private Paths() {}

    /** A key for comparing: text in small letters unless case matters. */
    static Object folded(Object value, boolean caseSensitive) {
        return !caseSensitive && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
    }

    static List<Object> parse(Object attribute) {
        List<Object> path = new ArrayList<>();
        if (attribute instanceof String text) {
            for (String part : text.split("\\.", -1)) {
                path.add(part.matches("\\d{1,9}") ? (Object) Long.valueOf(part) : part);
            }
        } else {
            path.add(attribute);
        }
        return path;
    }

    /** Reads {@code attribute} (None: the value itself) of a value, folding case as asked. */
    static UnaryOperator<Object> key(Object attribute, boolean caseSensitive) {
        if (attribute == None.NONE) {
            return value -> folded(value, caseSensitive);
        }
        List<Object> path = parse(attribute);
        return value -> folded(Access.path(value, path), caseSensitive);
    }

    /** As {@link #key}, with {@code fallback} for what is undefined. */
    static UnaryOperator<Object> reader(Object attribute, Object fallback) {
        List<Object> path = parse(attribute);
        return value -> {
            Object found = Access.path(value, path);
            return found instanceof Undefined && !(fallback instanceof Undefined) ? fallback : found;
        };
    }

    /** Several keys separated by commas, for {@code sort}. */
    static UnaryOperator<Object> keys(Arguments a, int attributeIndex, int caseIndex) {
        boolean caseSensitive = a.truth(caseIndex);
        Object attribute = a.get(attributeIndex);
        if (!(attribute instanceof String text) || !text.contains(",")) {
            return key(attribute, caseSensitive);
        }
        List<UnaryOperator<Object>> parts = new ArrayList<>();
        for (String part : Repr.str(text).split(",")) {
            parts.add(key(part, caseSensitive));
        }
        return value -> {
            PyList all = new PyList();
            parts.forEach(part -> all.add(part.apply(value)));
            return all;
        };
    }
}
