package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Templates;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.resource.DocBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Renders descriptions: templates in which {@code doc('name')} gives a docs block. */
final class DocRenderer {
    private final Map<String, DocBlock> blocks = new LinkedHashMap<>();
    private final Function<String, Globals> globals;
    private final Consumer<MillraceException> problems;

    DocRenderer(Function<String, Globals> globals, Consumer<MillraceException> problems) {
        this.globals = globals;
        this.problems = problems;
    }

    void add(DocBlock block) {
        blocks.put(block.packageName() + "." + block.name(), block);
    }

    List<DocBlock> blocks() {
        return new ArrayList<>(blocks.values());
    }

    String render(YamlNode node, String packageName) {
        if (!(node instanceof YamlScalar scalar) || !(scalar.value() instanceof String text)) {
            return node.toJava() == null ? "" : String.valueOf(node.toJava());
        }
        if (text.indexOf('{') < 0) {
            return text;
        }
        Globals shared = globals.apply(packageName);
        Globals names = name -> name.equals("doc")
                ? Functions.of(
                        "doc",
                        "*args",
                        a -> find(a.rest().stream().map(Values::str).toList(), packageName))
                : shared.lookup(name);
        try {
            return Values.str(Templates.evaluate(text, scalar.position(), names));
        } catch (MillraceException e) {
            problems.accept(e);
            return text;
        }
    }

    private String find(List<String> arguments, String packageName) {
        String name = arguments.get(arguments.size() - 1);
        if (arguments.size() > 1) {
            DocBlock block = blocks.get(arguments.get(0) + "." + name);
            if (block != null) {
                return block.contents();
            }
        } else {
            DocBlock own = blocks.get(packageName + "." + name);
            if (own != null) {
                return own.contents();
            }
            for (DocBlock block : blocks.values()) {
                if (block.name().equals(name)) {
                    return block.contents();
                }
            }
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "docs block '" + name + "' does not exist",
                null,
                Suggestion.hint(
                        name, blocks.values().stream().map(DocBlock::name).toList()),
                null);
    }
}
