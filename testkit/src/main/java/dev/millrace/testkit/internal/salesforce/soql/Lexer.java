package dev.millrace.testkit.internal.salesforce.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Lexer {
    private static final Pattern TOKEN =
            Pattern.compile("(?<datetime>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d))"
                    + "|(?<date>\\d{4}-\\d\\d-\\d\\d(?![\\dT]))"
                    + "|(?<number>[+-]?\\d+(?:\\.\\d+)?(?![\\w-]))"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_.]*)"
                    + "|(?<string>'(?:[^'\\\\]|\\\\.)*')"
                    + "|(?<symbol><=|>=|!=|<>|[=<>(),])");
    private static final List<String> KINDS = List.of("datetime", "date", "number", "word", "string", "symbol");

    /** What a token is. */
    enum Kind {
        DATETIME,
        DATE,
        NUMBER,
        WORD,
        STRING,
        SYMBOL,
        END
    }

    /** @param column where it begins, from 1 */
    record Token(Kind kind, String text, int column) {
        boolean isWord(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    private Lexer() {}

    static List<Token> tokens(String query) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(query);
        int at = 0;
        while (true) {
            while (at < query.length() && Character.isWhitespace(query.charAt(at))) {
                at++;
            }
            if (at == query.length()) {
                tokens.add(new Token(Kind.END, "<EOF>", at + 1));
                return tokens;
            }
            if (!matcher.region(at, query.length()).lookingAt()) {
                char bad = query.charAt(at);
                throw SoqlException.malformed(
                        at(at + 1) + (bad == '\'' ? "unterminated string literal" : "unexpected char: '" + bad + "'"));
            }
            for (int kind = 0; kind < KINDS.size(); kind++) {
                String text = matcher.group(KINDS.get(kind));
                if (text != null) {
                    tokens.add(new Token(Kind.values()[kind], text, at + 1));
                }
            }
            at = matcher.end();
        }
    }

    static String at(int column) {
        return "ERROR at Row:1:Column:" + column + "\n";
    }
}
