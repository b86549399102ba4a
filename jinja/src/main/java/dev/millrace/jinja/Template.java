package dev.millrace.jinja;

import dev.millrace.jinja.internal.syntax.Parsed;
import dev.millrace.jinja.internal.syntax.ParsedBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A compiled template. Immutable, thread-safe; rendering keeps all its state on the calling thread. */
public final class Template {
    private final String name;
    private final String source;
    private final Supplier<Parsed> parser;
    private volatile @Nullable Code code;

    private record Code(Parsed parsed, List<Definition> definitions) {
        static Code of(Parsed parsed) {
            List<Definition> all = new ArrayList<>();
            List<Definition> view = Collections.unmodifiableList(all);
            for (ParsedBlock block : parsed.blocks()) {
                all.add(new Definition(block, parsed.source(), parsed.unit(), view));
            }
            return new Code(parsed, view);
        }
    }

    Template(Parsed parsed) {
        this.name = parsed.source().name();
        this.source = parsed.source().text();
        this.parser = () -> parsed;
        this.code = Code.of(parsed);
    }

    /**
     * @param source with {@code \n} line ends and without the last one
     * @param parser gives the same each time, from any thread; asked when the template is first used
     */
    Template(String name, String source, Supplier<Parsed> parser) {
        this.name = name;
        this.source = source;
        this.parser = parser;
    }

    private Code code() {
        Code known = code;
        if (known == null) {
            known = Code.of(parser.get());
            code = known;
        }
        return known;
    }

    private Parsed parsed() {
        return code().parsed();
    }

    /** The name given at compilation, usually a path. */
    public String name() {
        return name;
    }

    /** The text this was compiled from, with {@code \n} line ends and without the last one. */
    public String source() {
        return source;
    }

    /**
     * Renders to text.
     *
     * @throws JinjaException when the template fails
     */
    public String render(Globals globals) {
        String constant = parsed().constant();
        return constant != null ? constant : (String) parsed().unit().render(globals, false);
    }

    /**
     * Renders as dbt renders the values of YAML files: a template that writes a single value yields that value as it
     * is, any other its text.
     *
     * @throws JinjaException when the template fails
     */
    public Object evaluate(Globals globals) {
        String constant = parsed().constant();
        return constant != null ? constant : parsed().unit().render(globals, true);
    }

    /** The macros, tests, materializations, snapshots and docs at the top level, in order; nothing is rendered. */
    public List<Definition> definitions() {
        return code().definitions();
    }

    /** Whether there is nothing but text (and comments), so that rendering gives the same text whatever the globals. */
    public boolean isConstant() {
        return parsed().constant() != null;
    }

    /** Every call to a plain name, in the order of the text, wherever it stands. */
    public List<CallSite> calls() {
        return parsed().calls();
    }

    /**
     * Whether the template holds only text, comments, literals and {@code {{ name(literals) }}}: {@link #calls()} then
     * tells all that rendering would do.
     */
    public boolean hasOnlyLiteralCalls() {
        return !parsed().dynamic();
    }
}
