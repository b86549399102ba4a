package dev.millrace.core.yaml;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.io.IOException;
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
import org.yaml.snakeyaml.composer.Composer;
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
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML 1.1 as dbt does through PyYAML (so {@code on}, {@code yes} and {@code off} are booleans), keeping the
 * position of every value. A key written twice keeps its last value, as in PyYAML. Anchors, aliases and merge keys are
 * resolved.
 */
public final class YamlReader {
    private static final int MAX_ALIASES = 200;
    /** Values that aliases may add to those that are written. */
    private static final int MAX_ADDED = 200_000;
    /** Values within values; more than SnakeYAML lets a text have, as aliases add to it. */
    private static final int MAX_DEPTH = 200;

    private final String file;
    private final Set<Node> open = new HashSet<>();
    private int left;

    private YamlReader(String file, int characters) {
        this.file = file;
        // A value takes a character at least.
        this.left = Math.addExact(characters, MAX_ADDED);
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
        WatchedParser parser = new WatchedParser(text, options);
        try {
            Node root = new Composer(parser, new Resolver(), options).getSingleNode();
            return root == null
                    ? new YamlScalar(null, "", new Position(displayName, 1, 1))
                    : new YamlReader(displayName, text.length()).convert(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX,
                    "not valid YAML: " + context + e.getProblem(),
                    position(mark == null ? parser.mark() : mark, displayName),
                    hintFor(text, mark),
                    e);
        } catch (ReaderException e) {
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX,
                    "not valid YAML: the character U+%04X may not stand in a file".formatted(e.getCodePoint()),
                    positionAt(text, e.getPosition(), displayName),
                    "Take it out, or write it as \"\\x..\" or \"\\u....\" in double quotes.",
                    e);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX,
                    "not valid YAML: " + e.getMessage(),
                    position(parser.mark(), displayName),
                    null,
                    e);
        }
    }

    private static Position position(@Nullable Mark mark, String file) {
        return mark == null ? new Position(file, 1, 1) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** @param offset in code points */
    private static Position positionAt(String text, int offset, String file) {
        int known = Math.min(offset, text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, known));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
        return new Position(file, line + 1, column + 1);
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
        count(node);
        Position position = position(node);
        if (node instanceof ScalarNode scalar) {
            return new YamlScalar(value(scalar, position), scalar.getValue(), textPosition(scalar, position));
        }
        Node real = enter(node);
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

    /** Aliases make a small file stand for many values: merged ones count, too. */
    private void count(Node node) {
        if (--left < 0) {
            throw wrong(node, "aliases stand for more than " + MAX_ADDED + " values");
        }
    }

    /**
     * Begins with the values within {@code node}. @return it, or what it is an alias of; to be removed from
     * {@link #open}
     */
    private Node enter(Node node) {
        Node real = node instanceof AnchorNode anchor ? anchor.getRealNode() : node;
        if (open.size() >= MAX_DEPTH) {
            throw wrong(node, "more than " + MAX_DEPTH + " values within each other");
        }
        if (!open.add(real)) {
            throw wrong(node, "an alias refers to the value it stands in");
        }
        return real;
    }

    private @Nullable Object value(ScalarNode scalar, Position position) {
        try {
            return YamlScalars.resolve(scalar);
        } catch (NumberFormatException e) {
            throw new MillraceException(
                    ErrorCode.YAML_SYNTAX,
                    "not valid YAML: '" + abbreviated(scalar.getValue()) + "' is not a number",
                    position,
                    "Leave the tag out, or quote it if it is a text.",
                    e);
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private MillraceException wrong(Node node, String what) {
        return new MillraceException(ErrorCode.YAML_SYNTAX, what, position(node), null, null);
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
        count(value);
        Node real = enter(value);
        try {
            if (real instanceof MappingNode mapping) {
                addEntries(mapping, entries);
            } else if (real instanceof SequenceNode sequence) {
                // The earlier mapping of a merge list wins, so later ones are laid first.
                for (int i = sequence.getValue().size() - 1; i >= 0; i--) {
                    merge(sequence.getValue().get(i), entries);
                }
            } else {
                throw wrong(value, "'<<' must name a mapping");
            }
        } finally {
            open.remove(real);
        }
    }

    private static Position textPosition(ScalarNode scalar, Position start) {
        return switch (scalar.getScalarStyle()) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> new Position(start.file(), start.line(), start.column() + 1);
            case PLAIN, LITERAL, FOLDED, JSON_SCALAR_STYLE -> start;
        };
    }

    private Position position(Node node) {
        return position(node.getStartMark(), file);
    }
}
