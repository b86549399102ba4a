package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Json;
import dev.millrace.jinja.internal.value.JsonParser;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Truth;
import dev.millrace.jinja.internal.value.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values templates work on, with Python's meaning: {@link Long} and {@link BigInteger} (int; a BigInteger only
 * beyond the range of long), {@link Double} (float), {@link Boolean}, {@link String}, {@link BigDecimal} (Decimal),
 * {@link None#NONE}, {@link Undefined}, {@link PyList}, {@link PyTuple}, {@link PyDict}, {@link PySet},
 * {@link Callable} and {@link JinjaObject}. Pure functions.
 */
public final class Values {
    private Values() {}

    /** Python's {@code str(value)}; Undefined is the empty text. */
    public static String str(Object value) {
        return Repr.str(value);
    }

    /** Python's {@code repr(value)}. */
    public static String repr(Object value) {
        return Repr.repr(value);
    }

    /** Python's {@code bool(value)}. */
    public static boolean truth(Object value) {
        return Truth.of(value);
    }

    /** Python's {@code ==}. */
    public static boolean equal(Object left, Object right) {
        return Compare.equal(left, right);
    }

    /** Python's {@code type(value).__name__}. */
    public static String typeName(Object value) {
        return Types.name(value);
    }

    /** The elements of an iterable value, or a TypeError. */
    public static Iterator<Object> iterate(Object value) {
        return Iteration.of(value);
    }

    /** The elements of an iterable value as a new list. */
    public static PyList list(Object value) {
        return Iteration.list(value);
    }

    /** A whole number (or bool) that fits an int, or a TypeError. */
    public static int toInt(Object value) {
        return Numbers.toInt(value);
    }

    /** {@code json.dumps(value)} as Python writes it: {@code ", "} and {@code ": "}, non-ASCII escaped. */
    public static String toJson(Object value) {
        return Json.dumps(value, false);
    }

    /** {@code json.dumps(value, sort_keys=True)}. */
    public static String toSortedJson(Object value) {
        return Json.dumps(value, true);
    }

    /** {@code json.loads(text)}; a ValueError for what is no JSON. */
    public static Object fromJson(String text) {
        return JsonParser.parse(text);
    }

    /**
     * A template value for a Java one, deep: maps, collections, numbers, text, null (None). Template values, and values
     * of classes not named here, which templates may then only pass on, stay as they are.
     */
    public static Object fromJava(@Nullable Object value) {
        if (value == null) {
            return None.NONE;
        } else if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        } else if (value instanceof BigInteger big) {
            return Numbers.normal(big);
        } else if (value instanceof Float number) {
            return (double) number;
        } else if (value instanceof Character || value instanceof StringBuilder) {
            return value.toString();
        } else if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) {
            return value;
        } else if (value instanceof Map<?, ?> map) {
            PyDict dict = new PyDict();
            map.forEach((key, element) -> dict.put(fromJava(key), fromJava(element)));
            return dict;
        } else if (value instanceof Set<?> set) {
            PySet result = new PySet();
            set.forEach(element -> result.add(fromJava(element)));
            return result;
        } else if (value instanceof Iterable<?> elements
                && !(value instanceof PyDict)
                && !(value instanceof JinjaObject)) {
            PyList result = new PyList();
            elements.forEach(element -> result.add(fromJava(element)));
            return result;
        } else if (value instanceof Object[] array) {
            PyList result = new PyList();
            for (Object element : array) {
                result.add(fromJava(element));
            }
            return result;
        }
        return value;
    }

    /**
     * The Java value for a template's, deep: dicts become LinkedHashMap, lists and tuples ArrayList, sets
     * LinkedHashSet, None and Undefined null.
     */
    public static @Nullable Object toJava(Object value) {
        if (value == None.NONE || value instanceof Undefined) {
            return null;
        } else if (value instanceof PyDict dict) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (PyDict.Entry entry : dict.entries()) {
                map.put(toJava(entry.key()), toJava(entry.value()));
            }
            return map;
        } else if (value instanceof PySet set) {
            Set<@Nullable Object> result = new LinkedHashSet<>();
            set.forEach(element -> result.add(toJava(element)));
            return result;
        } else if (value instanceof PyList || value instanceof PyTuple) {
            List<@Nullable Object> result = new ArrayList<>();
            ((List<?>) value).forEach(element -> result.add(toJava(element)));
            return result;
        }
        return value;
    }
}
