package dev.millrace.core.yaml;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML 1.1 as dbt does through PyYAML (so {@code on}, {@code yes} and {@code off} are booleans), keeping the
 * position of every value. A key written twice keeps its last value, as in PyYAML. Anchors, aliases and merge keys are
 * resolved.
 */
public final class YamlReader {
    private static final int MAX_ALIASES = 200;
    private static final int MAX_NODES = 2_000_000;

    private final String file;
    private final Set<Node> open = new HashSet<>();
    private int nodes;

    private YamlReader(String file) {
        this.file = file;
    }

    /** Reads the file as a mapping; an empty file is an empty mapping. */
    public static YamlMap readMap(Path path, String displayName) {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the file: " + e.getMessage(),
                    Position.ofFile(displayName),
                    "Check that it exists, is readable and is UTF-8.",
                    e);
        }
        return parseMap(text, displayName);
    }

    /** Reads a text as a mapping. */
    public static YamlMap parseMap(String text, String displayName) {
        YamlNode node = parse(text, displayName);
        if (node instanceof YamlMap map) {
            return map;
        }
        if (node instanceof YamlScalar scalar && scalar.value() == null) {
            return YamlMap.empty(new Position(displayName, 1, 1));
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "the file must hold a mapping, but holds " + node.describe(),
                node.position(),
                null,
                null);
    }

    /** Reads a text as any value; an empty text is null. */
    public static YamlNode parse(String text, String displayName) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return root == null
                    ? new YamlScalar(null, "", new Position(displayName, 1, 1))
                    : new YamlReader(displayName).convert(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            Position where = mark == null
                    ? Position.ofFile(displayName)
                    : new Position(displayName, mark.getLine() + 1, mark.getColumn() + 1);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX,
                    "not valid YAML: " + context + e.getProblem(),
                    where,
                    hintFor(text, mark),
                    e);
        } catch (YAMLException | IllegalArgumentException | StackOverflowError e) {
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX, "not valid YAML: " + e.getMessage(), Position.ofFile(displayName), null, e);
        }
    }

    private static @Nullable String hintFor(String text, @Nullable Mark mark) {
        if (mark == null) {
            return null;
        }
        String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
        if (line.contains("\t")) {
            return "YAML does not allow tabs for indentation: use spaces.";
        }
        if (line.contains("{{") || line.contains("{%")) {
            return "Put the template in quotes: \"{{ … }}\".";
        }
        return "Look at this line and the one before it: indentation, a missing ':' or an unclosed quote.";
    }

    private YamlNode convert(Node node) {
        if (++nodes > MAX_NODES) {
            throw new YAMLException("more than " + MAX_NODES + " values");
        }
        Position position = position(node);
        if (node instanceof ScalarNode scalar) {
            return new YamlScalar(YamlScalars.resolve(scalar), scalar.getValue(), textPosition(scalar, position));
        }
        Node real = node instanceof AnchorNode anchor ? anchor.getRealNode() : node;
        if (!open.add(real)) {
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX, "an alias refers to the value it stands in", position, null, null);
        }
        try {
            if (real instanceof SequenceNode sequence) {
                List<YamlNode> items = new ArrayList<>(sequence.getValue().size());
                for (Node item : sequence.getValue()) {
                    items.add(convert(item));
                }
                return new YamlList(items, position);
            }
            Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
            addEntries((MappingNode) real, entries);
            return new YamlMap(entries, position);
        } finally {
            open.remove(real);
        }
    }

    private void addEntries(MappingNode mapping, Map<String, YamlMap.Entry> entries) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(tuple.getValueNode(), entries);
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (key.getTag().equals(Tag.MERGE)) {
                continue;
            }
            if (!(key instanceof ScalarNode scalar)) {
                throw new MillraceException(
                        ErrorCode.YAML_SYNTAX,
                        "a key must be a plain text",
                        position(key),
                        "Is a quote missing around {{ … }}?",
                        null);
            }
            entries.put(scalar.getValue(), new YamlMap.Entry(position(key), convert(tuple.getValueNode())));
        }
    }

    private void merge(Node value, Map<String, YamlMap.Entry> entries) {
        Node real = value instanceof AnchorNode anchor ? anchor.getRealNode() : value;
        if (real instanceof MappingNode mapping) {
            if (!open.add(mapping)) {
                throw new MillraceException(
                        ErrorCode.YAML_SYNTAX,
                        "an alias refers to the value it stands in",
                        position(value),
                        null,
                        null);
            }
            addEntries(mapping, entries);
            open.remove(mapping);
        } else if (real instanceof SequenceNode sequence) {
            // The earlier mapping of a merge list wins, so later ones are laid first.
            for (int i = sequence.getValue().size() - 1; i >= 0; i--) {
                merge(sequence.getValue().get(i), entries);
            }
        } else {
            throw new MillraceException(ErrorCode.YAML_SYNTAX, "'<<' must name a mapping", position(value), null, null);
        }
    }

    private static Position textPosition(ScalarNode scalar, Position start) {
        return switch (scalar.getScalarStyle()) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> new Position(start.file(), start.line(), start.column() + 1);
            case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE -> start;
        };
    }

    private Position position(Node node) {
        Mark mark = node.getStartMark();
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
