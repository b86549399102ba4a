package dev.millrace.quality.internal.expectation;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an expectation as they stand in its suite, with typed access that names the place of what is wrong.
 *
 * @param relations finds the relation that an argument names
 */
public record Kwargs(YamlMap map, BiFunction<String, Position, RelationName> relations) {
    private static final BigDecimal ONE = BigDecimal.ONE;

    String text(String key) {
        return map.requireString(key);
    }

    Position position(String key) {
        return map.get(key).map(YamlNode::position).orElse(map.position());
    }

    boolean flag(String key, boolean fallback) {
        return map.bool(key).orElse(fallback);
    }

    String choice(String key, String fallback, String... choices) {
        String value = map.string(key).orElse(fallback);
        if (!List.of(choices).contains(value)) {
            throw invalid(key, "must be one of " + String.join(", ", choices) + ", but is '" + value + "'");
        }
        return value;
    }

    Optional<Value> value(String key) {
        return map.get(key).map(node -> scalar(key, node));
    }

    Value requireValue(String key) {
        return scalar(key, map.require(key));
    }

    BigDecimal number(String key) {
        return requireValue(key).number().orElseThrow(() -> invalid(key, "must be a number"));
    }

    long count(String key) {
        BigDecimal number = number(key);
        if (number.signum() < 0 || number.stripTrailingZeros().scale() > 0) {
            throw invalid(key, "must be a whole number of at least 0, but is " + number.toPlainString());
        }
        return number.longValueExact();
    }

    double mostly() {
        if (map.get("mostly").isEmpty()) {
            return 1;
        }
        BigDecimal mostly = number("mostly");
        if (mostly.signum() < 0 || mostly.compareTo(ONE) > 0) {
            throw invalid("mostly", "must be between 0 and 1, but is " + mostly.toPlainString());
        }
        return mostly.doubleValue();
    }

    /** The list's values; nulls in it are left out, as no value equals null. */
    List<Value> values(String key) {
        return values(key, map.require(key));
    }

    static List<Value> values(String key, YamlNode node) {
        if (!(node instanceof YamlList list)) {
            throw invalid("'" + key + "' must be a list, but is " + node.describe(), node.position());
        }
        List<Value> values = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (!(item instanceof YamlScalar scalar && scalar.value() == null)) {
                values.add(scalar(key, item));
            }
        }
        return values;
    }

    List<YamlNode> nodes(String key) {
        map.require(key);
        return map.list(key).orElseThrow().items();
    }

    List<Value> names(String key, int least) {
        List<Value> names = values(key);
        if (names.size() < least) {
            throw invalid(key, "must name at least " + least + " columns");
        }
        return names;
    }

    Bounds bounds(String min, String max) {
        return new Bounds(
                value(min).orElse(null), value(max).orElse(null), flag("strict_min", false), flag("strict_max", false));
    }

    /** Bounds of which at least one is given. */
    Bounds requireBounds() {
        Bounds bounds = bounds("min_value", "max_value");
        if (bounds.min() == null && bounds.max() == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "neither 'min_value' nor 'max_value' is given",
                    map.position(),
                    "Give at least one of them.",
                    null);
        }
        return bounds;
    }

    /** Bounds that are numbers. */
    Bounds numberBounds() {
        for (String key : List.of("min_value", "max_value")) {
            if (map.get(key).isPresent()) {
                number(key);
            }
        }
        return bounds("min_value", "max_value");
    }

    /** The relation that a text names. */
    RelationName relation(String key) {
        return relations.apply(text(key), position(key));
    }

    /** A regular expression of the kind warehouses know: without looking around or back. */
    String regex(Value value) {
        String regex = value.toString();
        if (regex.matches("(?s).*\\(\\?(=|!|<=|<!).*") || regex.matches("(?s).*(?<!\\\\)\\\\[1-9].*")) {
            throw invalid(
                    "the regular expression '" + regex + "' looks around or back, which warehouses cannot do",
                    value.position());
        }
        return regex;
    }

    MillraceException invalid(String key, String what) {
        return invalid("'" + key + "' " + what, position(key));
    }

    private static MillraceException invalid(String what, @Nullable Position position) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, what, position, null, null);
    }

    private static Value scalar(String key, YamlNode node) {
        if (node instanceof YamlScalar scalar && scalar.value() != null) {
            return new Value(scalar.value(), scalar.position());
        }
        throw invalid("'" + key + "' must be a single value, but is " + node.describe(), node.position());
    }
}
