package dev.millrace.jinja;

import dev.millrace.jinja.internal.syntax.ParsedBlock;
import dev.millrace.jinja.internal.syntax.Source;
import dev.millrace.jinja.internal.tree.MacroCode;
import dev.millrace.jinja.internal.tree.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block at the top level of a file that defines something by name: a macro, a generic test, a materialization, a
 * snapshot, a docs block. Immutable, thread-safe.
 */
public final class Definition {
    /** What a block defines. */
    public enum Kind {
        MACRO,
        TEST,
        MATERIALIZATION,
        SNAPSHOT,
        DOCS
    }

    /** A parameter of a macro or test. */
    public record Parameter(String name, boolean hasDefault) {}

    private final ParsedBlock block;
    private final Source source;
    private final Unit unit;
    private final List<Definition> siblings;

    Definition(ParsedBlock block, Source source, Unit unit, List<Definition> siblings) {
        this.block = block;
        this.source = source;
        this.unit = unit;
        this.siblings = siblings;
    }

    public Kind kind() {
        return block.kind();
    }

    /** The name as written in the block. */
    public String name() {
        return block.name();
    }

    /**
     * The name dbt calls this by: {@code test_<name>} for a test, {@code materialization_<name>_<adapter>} for a
     * materialization, else the name.
     */
    public String macroName() {
        return switch (kind()) {
            case TEST -> "test_" + name();
            case MATERIALIZATION -> "materialization_" + name() + "_" + block.adapter();
            default -> name();
        };
    }

    public List<Parameter> parameters() {
        MacroCode code = block.code();
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < code.parameters().size(); i++) {
            parameters.add(
                    new Parameter(code.parameters().get(i), code.defaults().get(i) != null));
        }
        return List.copyOf(parameters);
    }

    /** Of a materialization: the adapter it is for, "default" for any. */
    public Optional<String> adapter() {
        return Optional.ofNullable(block.adapter());
    }

    /** Of a materialization: the languages it supports. */
    public List<String> supportedLanguages() {
        return block.languages();
    }

    /** Where the opening tag stands. */
    public Position position() {
        return block.position();
    }

    /** The whole block as written, tags included. */
    public String source() {
        return source.text().substring(block.start(), block.end());
    }

    /** What stands between the tags, as written. */
    public String body() {
        return source.text().substring(block.bodyStart(), block.bodyEnd());
    }

    /**
     * The function this block defines. Names it uses are looked up in {@code globals}; other macros of the same file
     * are found when {@code globals} does not know them. The result may be called from several threads when
     * {@code globals} may.
     */
    public Callable bind(Globals globals) {
        return unit.bind(block.code(), new Globals() {
            @Override
            public @Nullable Object lookup(String name) {
                Object value = globals.lookup(name);
                return value != null ? value : sibling(name, globals);
            }

            @Override
            public Undefined unknown(Undefined undefined) {
                return globals.unknown(undefined);
            }
        });
    }

    private @Nullable Object sibling(String name, Globals globals) {
        for (Definition definition : siblings) {
            boolean callable = definition.kind() != Kind.DOCS && definition.kind() != Kind.SNAPSHOT;
            if (callable && definition.macroName().equals(name)) {
                return definition.bind(globals);
            }
        }
        return null;
    }

    /** Renders the body as a template, as dbt does with a snapshot's. */
    public String render(Globals globals) {
        return (String) unit.renderBlock(block.code(), globals, false);
    }

    @Override
    public String toString() {
        return kind() + " " + name() + " (" + position() + ")";
    }
}
