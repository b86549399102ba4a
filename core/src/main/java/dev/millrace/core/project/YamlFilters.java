package dev.millrace.core.project;

import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaEnvironment;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Values;
import java.math.BigInteger;
import java.util.Locale;

/**
 * The environment of templates in YAML values, with the filters dbt adds there: as_text, as_bool, as_number, as_native.
 */
final class YamlFilters {
    private YamlFilters() {}

    static JinjaEnvironment environment() {
        return JinjaEnvironment.builder()
                .filter("as_text", Functions.of("as_text", "value", arguments -> Values.str(arguments.get(0))))
                .filter("as_native", Functions.of("as_native", "value", arguments -> arguments.get(0)))
                .filter("as_bool", Functions.of("as_bool", "value", arguments -> asBool(arguments.get(0))))
                .filter("as_number", Functions.of("as_number", "value", arguments -> asNumber(arguments.get(0))))
                .build();
    }

    private static Object asBool(Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return switch (Values.str(value).trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw JinjaException.value("Could not convert value '" + Values.str(value) + "' into type 'bool'");
        };
    }

    private static Object asNumber(Object value) {
        if (value instanceof Number) {
            return value;
        }
        String text = Values.str(value).trim();
        try {
            if (text.matches("[+-]?\\d+")) {
                BigInteger number = new BigInteger(text);
                return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
            }
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new JinjaException(
                    JinjaException.Kind.VALUE, "Could not convert value '" + text + "' into type 'number'", null, e);
        }
    }
}
