package dev.millrace.core.yaml;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping, with accessors that turn a wrong value into a coded error at its place in the file. A key whose value is
 * YAML's null counts as absent in the typed accessors.
 */
public final class YamlMap implements YamlNode {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");

    private final Map<String, Entry> entries;
    private final Position position;

    /**
     * @param keyPosition where the key stands
     * @param value what it maps to
     */
    public record Entry(Position keyPosition, YamlNode value) {}

    public YamlMap(Map<String, Entry> entries, Position position) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.position = position;
    }

    public static YamlMap empty(Position position) {
        return new YamlMap(Map.of(), position);
    }

    @Override
    public Position position() {
        return position;
    }

    /** In file order. */
    public Map<String, Entry> entries() {
        return entries;
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public boolean has(String key) {
        return get(key).isPresent();
    }

    /** The value, unless the key is absent or maps to null. */
    public Optional<YamlNode> get(String key) {
        Entry entry = entries.get(key);
        return entry == null || isNull(entry.value()) ? Optional.empty() : Optional.of(entry.value());
    }

    /** Where the key stands, or where the mapping begins when it is absent. */
    public Position positionOf(String key) {
        Entry entry = entries.get(key);
        return entry == null ? position : entry.keyPosition();
    }

    public YamlNode require(String key) {
        return get(key).orElseThrow(() -> new MillraceException(
                ErrorCode.CONFIG_MISSING, "'" + key + "' is missing", position, "Add '" + key + ":' here.", null));
    }

    public Optional<String> string(String key) {
        return get(key).map(node -> asString(key, node));
    }

    public String requireString(String key) {
        return asString(key, require(key));
    }

    /** True or false; also as the text that a template such as {@code env_var()} gives. */
    public Optional<Boolean> bool(String key) {
        return get(key).map(node -> {
            if (node instanceof YamlScalar scalar && scalar.value() instanceof Boolean value) {
                return value;
            }
            if (node instanceof YamlScalar scalar && scalar.value() instanceof String text) {
                String lower = text.strip().toLowerCase(Locale.ROOT);
                if (lower.equals("true") || lower.equals("false")) {
                    return Boolean.valueOf(lower);
                }
            }
            throw wrong(key, "true or false", node);
        });
    }

    /** A whole number; also as the text that a template such as {@code env_var()} gives. */
    public OptionalLong integer(String key) {
        Optional<YamlNode> node = get(key);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        if (node.get() instanceof YamlScalar scalar && scalar.value() instanceof Long value) {
            return OptionalLong.of(value);
        }
        if (node.get() instanceof YamlScalar scalar
                && scalar.value() instanceof String text
                && WHOLE_NUMBER.matcher(text.strip()).matches()) {
            return OptionalLong.of(Long.parseLong(text.strip()));
        }
        throw wrong(key, "a whole number", node.get());
    }

    public Optional<YamlMap> map(String key) {
        return get(key).map(node -> {
            if (node instanceof YamlMap map) {
                return map;
            }
            throw wrong(key, "a mapping", node);
        });
    }

    public Optional<YamlList> list(String key) {
        return get(key).map(node -> {
            if (node instanceof YamlList list) {
                return list;
            }
            throw wrong(key, "a list", node);
        });
    }

    /** A list of mappings; absent means empty. */
    public List<YamlMap> maps(String key) {
        return list(key)
                .map(list -> list.items().stream()
                        .map(item -> {
                            if (item instanceof YamlMap map) {
                                return map;
                            }
                            throw wrong(key, "a list of mappings", item);
                        })
                        .toList())
                .orElse(List.of());
    }

    /** A list of texts, or one text standing for a list of one; absent means empty. */
    public List<String> strings(String key) {
        Optional<YamlNode> node = get(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof YamlList list) {
            return list.items().stream().map(item -> asString(key, item)).toList();
        }
        return List.of(asString(key, node.get()));
    }

    /** Refuses keys outside {@code known}, with the nearest known one as a hint. */
    public void allowOnly(Collection<String> known) {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "unknown key '" + key + "'",
                        entry.keyPosition(),
                        Suggestion.hint(key, known),
                        null);
            }
        });
    }

    @Override
    public Map<String, @Nullable Object> toJava() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> values.put(key, entry.value().toJava()));
        return Collections.unmodifiableMap(values);
    }

    @Override
    public String describe() {
        return "a mapping";
    }

    private static String asString(String key, YamlNode node) {
        if (node instanceof YamlScalar scalar && scalar.value() != null) {
            return scalar.text();
        }
        throw wrong(key, "a text", node);
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() == null;
    }

    private static MillraceException wrong(String key, String expected, YamlNode found) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + key + "' must be " + expected + ", but is " + found.describe(),
                found.position(),
                null,
                null);
    }
}
