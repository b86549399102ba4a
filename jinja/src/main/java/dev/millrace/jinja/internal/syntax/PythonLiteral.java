package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.internal.library.Library;
import dev.millrace.jinja.internal.tree.Expr;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code ast.literal_eval}. */
public final class PythonLiteral {
    private PythonLiteral() {}

    /** The value of a literal, or null when the text is none. */
    public static @Nullable Object parseOrNull(String text) {
        if (text.contains("{%") || text.contains("%}") || text.isBlank()) {
            return null;
        }
        Source source = new Source("{{ " + text + " }}", "<literal>");
        try {
            TokenStream tokens = new TokenStream(source, new Lexer(source, false, false).tokens());
            Context context = new Context(new Library(Map.of(), Map.of()));
            tokens.expect(Token.Kind.VARIABLE_BEGIN);
            Expr expression = new ExpressionParser(tokens, context).tuple();
            tokens.expect(Token.Kind.VARIABLE_END);
            tokens.expect(Token.Kind.EOF);
            return expression.literal();
        } catch (JinjaException notALiteral) {
            return null;
        }
    }
}
