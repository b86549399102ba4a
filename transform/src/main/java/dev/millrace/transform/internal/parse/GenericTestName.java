package dev.millrace.transform.internal.parse;

import dev.millrace.jinja.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a generic test as dbt makes them from its arguments, so that selections, stored failures and artifacts
 * agree.
 *
 * @param full what it is called
 * @param brief what its file and its table of failures are called: the full name, or its beginning and a hash when it
 *     has 64 characters or more
 */
record GenericTestName(String full, String brief) {
    private static final Pattern NOT_PLAIN = Pattern.compile("[^0-9a-zA-Z_]+");
    private static final int LONGEST = 63;

    /** @param kind the test's name with its package in front and, for a source, {@code source_} */
    static GenericTestName of(String kind, String target, Map<String, @Nullable Object> arguments) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> argument : new TreeMap<>(arguments).entrySet()) {
            if (!argument.getKey().equals("model")) {
                flatten(argument.getValue(), parts);
            }
        }
        String start = kind + "_" + target;
        String unique = String.join(
                "__",
                parts.stream()
                        .map(part -> NOT_PLAIN.matcher(part).replaceAll("_"))
                        .toList());
        String full = start + "_" + unique;
        if (full.length() <= LONGEST) {
            return new GenericTestName(full, full);
        }
        return new GenericTestName(full, start.substring(0, Math.min(30, start.length())) + "_" + md5(full));
    }

    private static void flatten(@Nullable Object value, List<String> parts) {
        Collection<?> items = value instanceof Map<?, ?> map
                ? map.values()
                : value instanceof Collection<?> list ? list : java.util.Collections.singletonList(value);
        items.forEach(item -> parts.add(str(item)));
    }

    /** The last part of the test's id: a digest of its name and all that it was given. */
    static String hash(String name, @Nullable String namespace, String test, Map<String, @Nullable Object> kwargs) {
        Map<String, @Nullable Object> metadata = new TreeMap<>();
        metadata.put("namespace", namespace);
        metadata.put("name", test);
        metadata.put("kwargs", kwargs);
        String digest = md5(name + Values.repr(Values.fromJava(texts(metadata))));
        return digest.substring(digest.length() - 10);
    }

    /** The same structure with sorted keys and every leaf as Python's text. */
    private static Object texts(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(String.valueOf(key), texts(item)));
            return new LinkedHashMap<>(sorted);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(GenericTestName::texts).toList();
        }
        return str(value);
    }

    private static String str(@Nullable Object value) {
        return Values.str(Values.fromJava(value));
    }

    static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
