package dev.millrace.activate.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.activate.internal.destination.JsonValues;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Templates;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.jinja.Globals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a request is made of a record.
 *
 * @param path after the service's URL: a template, whose values are percent-encoded
 * @param body a text or a structure with templates in it; empty sends the record, or the list of records, as it is
 */
record RequestTemplate(String method, YamlScalar path, Optional<YamlNode> body) {
    private static final Pattern FIELD = Pattern.compile("\\brecord(?:\\.([A-Za-z_]\\w*)|\\[['\"]([^'\"]+)['\"]\\])");

    /** Whether the path differs from record to record. */
    boolean isPathPerRecord() {
        return path.text().contains("{{") || path.text().contains("{%");
    }

    /** @param values by name: texts, numbers, lists and maps of them */
    String path(Map<String, ?> values) {
        Map<String, Object> encoded = new HashMap<>();
        values.forEach((name, value) -> encoded.put(name, encoded(value)));
        String rendered = text(path, Globals.of(encoded));
        return rendered.isEmpty() || rendered.startsWith("/") || rendered.startsWith("?") ? rendered : "/" + rendered;
    }

    /** @param otherwise what is sent if there is no template */
    String body(Map<String, ?> values, JsonNode otherwise) {
        if (body.isEmpty()) {
            return otherwise.toString();
        }
        YamlNode rendered = Templates.render(body.get(), Globals.of(values));
        return rendered instanceof YamlScalar scalar
                ? scalar.text()
                : JsonValues.of(rendered.toJava()).toString();
    }

    private static String text(YamlScalar template, Globals globals) {
        return ((YamlScalar) Templates.render(template, globals)).text();
    }

    private static Object encoded(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new HashMap<>();
            map.forEach((key, item) -> all.put(String.valueOf(key), item == null ? "" : encoded(item)));
            return all;
        }
        return value instanceof Collection
                ? value
                : URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }

    /**
     * Refuses templates that cannot be read or name a field that is not mapped.
     *
     * @param fields that a record has
     */
    void check(Collection<String> fields) {
        check(path, fields);
        body.ifPresent(node -> check(node, fields));
    }

    private static void check(YamlNode node, Collection<String> fields) {
        if (node instanceof YamlMap map) {
            map.entries().values().forEach(entry -> check(entry.value(), fields));
        } else if (node instanceof YamlList list) {
            list.items().forEach(item -> check(item, fields));
        } else if (node instanceof YamlScalar scalar && scalar.value() instanceof String text) {
            check(text, scalar.position(), fields);
        }
    }

    private static void check(String text, Position position, Collection<String> fields) {
        try {
            Templates.evaluate(text, position, Globals.EMPTY);
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.TEMPLATE_SYNTAX) {
                throw e;
            }
            // Without a record a template may well fail.
        }
        Matcher names = FIELD.matcher(text);
        while (names.find()) {
            String name = names.group(1) == null ? names.group(2) : names.group(1);
            if (!fields.contains(name)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the template names '" + name + "', which is not among the mapped fields",
                        position,
                        Suggestion.hint(name, fields),
                        null);
            }
        }
    }
}
