package dev.millrace.quality.internal.condition;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a row condition, one after the other. Not thread-safe. */
final class Tokens {
    enum Kind {
        NAME,
        TEXT,
        NUMBER,
        /** An identifier in quotes: in backticks, or in double quotes where these do not stand for a text. */
        QUOTED,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int at) {
        boolean is(String word) {
            return (kind == Kind.NAME || kind == Kind.SYMBOL)
                    && text.toLowerCase(Locale.ROOT).equals(word);
        }
    }

    private static final Pattern WORD = Pattern.compile("\\s*(?:(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
            + "|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|'(?<single>(?:[^'\\\\]|''|\\\\.)*)'"
            + "|\"(?<double>(?:[^\"\\\\]|\"\"|\\\\.)*)\""
            + "|`(?<quoted>[^`]+)`"
            + "|(?<symbol>==|!=|<>|<=|>=|&&|\\|\\||[=<>&|~!().,\\[\\]{}-]))");

    private final String source;
    private final Position position;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /** @param doubleIsName whether double quotes hold an identifier, as in SQL */
    Tokens(String source, Position position, boolean doubleIsName) {
        this.source = source;
        this.position = position;
        Matcher word = WORD.matcher(source);
        int at = 0;
        while (at < source.length() && !source.substring(at).isBlank()) {
            if (!word.find(at) || word.start() != at) {
                throw error("cannot read '" + source.substring(at).strip() + "'", at);
            }
            tokens.add(token(word, at, doubleIsName));
            at = word.end();
        }
        tokens.add(new Token(Kind.END, "the end", source.length()));
    }

    private static Token token(Matcher word, int at, boolean doubleIsName) {
        if (word.group("name") != null) {
            return new Token(Kind.NAME, word.group("name"), word.start("name"));
        }
        if (word.group("number") != null) {
            return new Token(Kind.NUMBER, word.group("number"), at);
        }
        if (word.group("single") != null) {
            return new Token(Kind.TEXT, unescape(word.group("single"), "'"), at);
        }
        if (word.group("double") != null) {
            return new Token(doubleIsName ? Kind.QUOTED : Kind.TEXT, unescape(word.group("double"), "\""), at);
        }
        return word.group("quoted") != null
                ? new Token(Kind.QUOTED, word.group("quoted"), at)
                : new Token(Kind.SYMBOL, word.group("symbol"), word.start("symbol"));
    }

    private static String unescape(String text, String quote) {
        return text.replace(quote + quote, quote).replaceAll("\\\\(.)", "$1");
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean takeIf(String... words) {
        for (String word : words) {
            if (peek().is(word)) {
                take();
                return true;
            }
        }
        return false;
    }

    void expect(String symbol) {
        Token token = take();
        if (!token.is(symbol)) {
            throw unexpected(token, "'" + symbol + "'");
        }
    }

    Position position(Token token) {
        return position.within(1, token.at() + 1);
    }

    MillraceException unexpected(Token token, String wanted) {
        return error("expected " + wanted + ", but found " + token.text(), token.at());
    }

    MillraceException error(String what, int at) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "row_condition: " + what + " in: " + source,
                position.within(1, at + 1),
                "A row condition compares columns with values: col(\"status\") == \"paid\", a > 5 and b in [1, 2],"
                        + " amount is not null.",
                null);
    }
}
