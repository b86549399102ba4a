package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaEnvironment;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Template;
import dev.millrace.jinja.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders the templates that stand in YAML values. A value that is one expression keeps its type, as in dbt: {@code "{{
 * 1 + 1 }}"} is the number 2. Thread-safe.
 */
public final class Templates {
    private static final JinjaEnvironment YAML = YamlFilters.environment();

    private Templates() {}

    /** The value of a text that may be a template. */
    public static Object evaluate(String text, Position position, Globals globals) {
        try {
            Template template = YAML.compile(text, position.file());
            return template.isConstant() ? text : template.evaluate(globals);
        } catch (JinjaException e) {
            throw failure(e, position);
        }
    }

    /** The same values with every text rendered. Keys are left as they are. */
    public static YamlNode render(YamlNode node, Globals globals) {
        if (node instanceof YamlScalar scalar) {
            return renderScalar(scalar, globals);
        }
        if (node instanceof YamlList list) {
            List<YamlNode> items = new ArrayList<>(list.items().size());
            list.items().forEach(item -> items.add(render(item, globals)));
            return new YamlList(items, list.position());
        }
        return renderMap((YamlMap) node, globals);
    }

    /** The same mapping with every text rendered. A password stays a text whatever it looks like. */
    public static YamlMap renderMap(YamlMap map, Globals globals) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> {
            YamlNode rendered = render(entry.value(), globals);
            if (key.equals("password") && rendered instanceof YamlScalar scalar && scalar.value() != null) {
                rendered = new YamlScalar(scalar.text(), scalar.text(), scalar.position());
            }
            entries.put(key, new YamlMap.Entry(entry.keyPosition(), rendered));
        });
        return new YamlMap(entries, map.position());
    }

    /** Whether rendering may change the value, or what stands in it: it is not a text without a brace. */
    public static boolean isTemplate(YamlNode node) {
        return !(node instanceof YamlScalar scalar)
                || (scalar.value() instanceof String text && text.indexOf('{') >= 0);
    }

    private static YamlNode renderScalar(YamlScalar scalar, Globals globals) {
        if (!isTemplate(scalar)) {
            return scalar;
        }
        Object value = evaluate(scalar.text(), scalar.position(), globals);
        Object plain = Values.toJava(value);
        return plain instanceof Map || plain instanceof List
                ? YamlValues.fromJava(plain, scalar.position())
                : new YamlScalar(plain, Values.str(value), scalar.position());
    }

    /** An error of the template engine as one of Millrace, at its place in the file the template stands in. */
    public static MillraceException failure(JinjaException e, Position start) {
        Position where = e.line() == 0 ? start : start.within(e.line(), e.column());
        if (e.getCause() instanceof MillraceException known) {
            return known.at(where);
        }
        ErrorCode code = e.kind() == JinjaException.Kind.SYNTAX ? ErrorCode.TEMPLATE_SYNTAX : ErrorCode.TEMPLATE_FAILED;
        return new MillraceException(code, String.valueOf(e.getMessage()), where, null, e);
    }
}
