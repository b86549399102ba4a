package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import java.util.List;

/** The tokens of a template with a place in them. */
final class TokenStream {
    /** How deep expressions and blocks may be nested. */
    private static final int MAX_DEPTH = 120;

    private final Source source;
    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    /** The token before the current one. */
    Token previous() {
        return tokens.get(Math.max(at - 1, 0));
    }

    Token look() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean is(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean isOperator(String operator) {
        return current().isOperator(operator);
    }

    boolean isName(String name) {
        return current().isName(name);
    }

    /** Whether the current tag ends in {@code name}. */
    boolean isNameBeforeBlockEnd(String name) {
        for (int i = at; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == Token.Kind.BLOCK_END) {
                return tokens.get(i - 1).isName(name);
            }
        }
        return false;
    }

    boolean skipOperator(String operator) {
        if (current().isOperator(operator)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipName(String name) {
        if (current().isName(name)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(Token.Kind kind) {
        return is(kind) ? next() : fail(kind.description());
    }

    Token expectOperator(String operator) {
        return isOperator(operator) ? next() : fail(operator);
    }

    Token expectName(String name) {
        return isName(name) ? next() : fail(name);
    }

    private Token fail(String expected) {
        Token token = current();
        if (token.kind() == Token.Kind.EOF) {
            throw error("unexpected end of template, expected '" + expected + "'.", token);
        }
        throw error("expected token '" + expected + "', got '" + token.describe() + "'", token);
    }

    Position position(Token token) {
        return source.position(token.start());
    }

    JinjaException error(String message, Token token) {
        return source.error(message, token.start());
    }

    /** Guards against nesting that would exhaust the stack; every call needs a {@link #leave}. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw error("the template is nested too deeply", current());
        }
    }

    void leave() {
        depth--;
    }
}
