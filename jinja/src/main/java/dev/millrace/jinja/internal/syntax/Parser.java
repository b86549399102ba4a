package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Limits;
import dev.millrace.jinja.internal.library.Library;
import dev.millrace.jinja.internal.tree.Stmt;
import dev.millrace.jinja.internal.tree.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles template text. */
public final class Parser {
    private Parser() {}

    public static Parsed parse(
            String text, String name, Library library, Limits limits, boolean trimBlocks, boolean lstripBlocks) {
        Source source = new Source(text, name);
        try {
            List<Token> tokens = new Lexer(source, trimBlocks, lstripBlocks).tokens();
            return parse(source, tokens, library, limits);
        } catch (StackOverflowError overflow) {
            throw new JinjaException(
                    JinjaException.Kind.SYNTAX, "the template is nested too deeply", source.position(0), overflow);
        }
    }

    private static Parsed parse(Source source, List<Token> tokens, Library library, Limits limits) {
        Context context = new Context(library);
        StatementParser parser = new StatementParser(new TokenStream(source, tokens), context);
        Stmt body = parser.template();
        context.throwUnknown();
        context.link();
        Unit unit = new Unit(
                source.name(), body, parser.setup(), context.scope().owner().size(), limits, library);
        return new Parsed(
                source,
                unit,
                parser.blocks(),
                List.copyOf(context.calls()),
                constant(source, tokens),
                context.isDynamic());
    }

    private static @Nullable String constant(Source source, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            if (token.kind() != Token.Kind.DATA && token.kind() != Token.Kind.EOF) {
                return null;
            }
            text.append(token.text());
        }
        return text.length() == source.text().length() ? source.text() : text.toString();
    }
}
