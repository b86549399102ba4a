package dev.millrace.activate.internal.file;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a mapping: {@code {column: Field}}, or a list of {@code {from: column, to: Field}}. */
final class MappingParser {
    private static final List<String> FROM = List.of("from", "column", "source");
    private static final List<String> TO = List.of("to", "field", "destination");
    private static final List<String> KEY =
            List.of("is_primary_identifier", "primary_identifier", "primary_key", "key");

    private final List<MappedField> fields = new ArrayList<>();
    private final List<MappedField> keys = new ArrayList<>();

    private MappingParser() {}

    /** @param keys the lines that a list marks as the key */
    record Parsed(List<MappedField> fields, List<MappedField> keys) {}

    static Parsed parse(YamlNode node) {
        MappingParser parser = new MappingParser();
        if (node instanceof YamlMap map) {
            map.entries().forEach((column, entry) -> parser.pair(column, entry));
        } else if (node instanceof YamlList list) {
            list.items().forEach(parser::item);
        } else {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'mapping' must be a mapping of columns to fields, but is " + node.describe(),
                    node.position(),
                    "Write 'column: Field' lines under it.",
                    null);
        }
        if (parser.fields.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "the mapping is empty",
                    node.position(),
                    "Write at least one 'column: Field' line under it.",
                    null);
        }
        parser.checkFieldsDiffer();
        return new Parsed(parser.fields, parser.keys);
    }

    private void pair(String column, YamlMap.Entry entry) {
        if (!(entry.value() instanceof YamlScalar field) || field.value() == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "column '" + column + "' must be mapped to the name of a field, but is mapped to "
                            + entry.value().describe(),
                    entry.value().position(),
                    null,
                    null);
        }
        fields.add(new MappedField(column, field.text().trim(), entry.keyPosition(), field.position()));
    }

    private void item(YamlNode node) {
        if (!(node instanceof YamlMap item)) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a line of the mapping must be {from: column, to: Field}, but is " + node.describe(),
                    node.position(),
                    null,
                    null);
        }
        List<String> known = new ArrayList<>(FROM);
        known.addAll(TO);
        known.addAll(KEY);
        item.allowOnly(known);
        YamlScalar column = oneOf(item, FROM);
        YamlScalar field = oneOf(item, TO);
        MappedField mapped =
                new MappedField(column.text().trim(), field.text().trim(), column.position(), field.position());
        fields.add(mapped);
        if (KEY.stream().anyMatch(word -> item.bool(word).orElse(false))) {
            keys.add(mapped);
        }
    }

    private static YamlScalar oneOf(YamlMap item, List<String> words) {
        for (String word : words) {
            if (item.has(word)) {
                item.requireString(word);
                return (YamlScalar) item.require(word);
            }
        }
        throw new MillraceException(
                ErrorCode.CONFIG_MISSING,
                "'" + words.get(0) + "' is missing",
                item.position(),
                "Write {from: column, to: Field}.",
                null);
    }

    private void checkFieldsDiffer() {
        Map<String, Position> seen = new HashMap<>();
        for (MappedField mapped : fields) {
            Position other = seen.putIfAbsent(mapped.field().toLowerCase(Locale.ROOT), mapped.fieldPosition());
            if (other != null) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "two columns are mapped to field '" + mapped.field() + "'; the other at " + other,
                        mapped.fieldPosition(),
                        "Map one column to each field.",
                        null);
            }
        }
    }

    /** The line whose field, or else whose column, is {@code name}. */
    static MappedField named(List<MappedField> fields, String word, String name, Position position) {
        for (MappedField mapped : fields) {
            if (mapped.field().equalsIgnoreCase(name)) {
                return mapped;
            }
        }
        for (MappedField mapped : fields) {
            if (mapped.column().equalsIgnoreCase(name)) {
                return mapped;
            }
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + word + "' names '" + name + "', which is not among the mapped fields",
                position,
                Suggestion.hint(name, fields.stream().map(MappedField::field).toList()),
                null);
    }
}
