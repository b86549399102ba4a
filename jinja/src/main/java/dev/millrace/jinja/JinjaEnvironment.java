package dev.millrace.jinja;

import dev.millrace.jinja.internal.library.Library;
import dev.millrace.jinja.internal.syntax.Parser;
import dev.millrace.jinja.internal.syntax.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles templates of one dialect: Jinja2 3.1 with dbt's additions, plus the filters and tests added here. Immutable,
 * thread-safe.
 */
public final class JinjaEnvironment {
    private static final Pattern DOCS_OR_COMMENT =
            Pattern.compile("\\{#.*?#}|\\{%[-+]?\\s*docs\\s.*?(?:\\{%[-+]?\\s*enddocs\\s*[-+]?%}|\\z)", Pattern.DOTALL);
    private static final Pattern NOT_NEWLINE = Pattern.compile("[^\r\n]");
    private static final JinjaEnvironment DEFAULT = builder().build();

    private final Library library;
    private final Limits limits;
    private final boolean trimBlocks;
    private final boolean lstripBlocks;

    private JinjaEnvironment(Builder builder) {
        this.library = Library.BUILT_IN.with(builder.filters, builder.tests);
        this.limits = builder.limits;
        this.trimBlocks = builder.trimBlocks;
        this.lstripBlocks = builder.lstripBlocks;
    }

    /** The environment dbt uses: no additions, white space kept. */
    public static JinjaEnvironment standard() {
        return DEFAULT;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Compiles a template.
     *
     * @param name what positions in errors call it, usually a path
     * @throws JinjaException of kind SYNTAX or ASSERTION when the template is wrong
     */
    public Template compile(String source, String name) {
        return new Template(Parser.parse(source, name, library, limits, trimBlocks, lstripBlocks));
    }

    /**
     * The template that {@link #compile} would give, compiled when it is first used: for a text that is known to be
     * right. If it is not, what uses the template first throws what {@code compile} throws.
     */
    public Template compileLater(String source, String name) {
        return new Template(
                name,
                Source.normal(source),
                () -> Parser.parse(source, name, library, limits, trimBlocks, lstripBlocks));
    }

    /**
     * The docs blocks of a Markdown file. What else the file contains is prose: braces in it mean nothing.
     *
     * @throws JinjaException of kind SYNTAX when a docs block is not closed
     */
    public List<Definition> docs(String markdown, String name) {
        Matcher matcher = DOCS_OR_COMMENT.matcher(markdown);
        StringBuilder blocks = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            blocks.append(blank(markdown.substring(at, matcher.start())));
            boolean docs = matcher.group().startsWith("{%");
            blocks.append(docs ? matcher.group() : blank(matcher.group()));
            at = matcher.end();
        }
        blocks.append(blank(markdown.substring(at)));
        return compile(blocks.toString(), name).definitions();
    }

    /** Spaces of the same length, so that positions stay right. */
    private static String blank(String text) {
        return NOT_NEWLINE.matcher(text).replaceAll(" ");
    }

    /** Collects the settings of an environment. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Callable> filters = new LinkedHashMap<>();
        private final Map<String, Callable> tests = new LinkedHashMap<>();
        private Limits limits = Limits.DEFAULT;
        private boolean trimBlocks;
        private boolean lstripBlocks;

        private Builder() {}

        /** Adds or replaces a filter; the filtered value is its first positional argument. */
        public Builder filter(String name, Callable filter) {
            filters.put(name, filter);
            return this;
        }

        /** Adds or replaces a test; the tested value is its first positional argument. */
        public Builder test(String name, Callable test) {
            tests.put(name, test);
            return this;
        }

        /** Drops the newline after a statement tag or comment. */
        public Builder trimBlocks() {
            trimBlocks = true;
            return this;
        }

        /** Drops the white space between a line's start and a statement tag or comment. */
        public Builder lstripBlocks() {
            lstripBlocks = true;
            return this;
        }

        public Builder limits(Limits newLimits) {
            limits = newLimits;
            return this;
        }

        public JinjaEnvironment build() {
            return new JinjaEnvironment(this);
        }
    }
}
