package dev.millrace.serving.pgwire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts SQL into tokens, so that a few words can be put into DuckDB's. What it gets wrong costs no safety: the guard
 * checks the text that comes out.
 */
final class Lexer {
    enum Kind {
        SPACE,
        WORD,
        QUOTED,
        STRING,
        PARAMETER,
        OTHER
    }

    record Token(Kind kind, String text) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.OTHER) && text.equalsIgnoreCase(word);
        }

        boolean isName() {
            return kind == Kind.WORD || kind == Kind.QUOTED;
        }

        /** A name without its quotes, or the token itself. */
        String name() {
            return kind == Kind.QUOTED ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
        }
    }

    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+|--[^\\n]*|/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/)"
                    + "|(?<string>[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'|'[^']*+(?:''[^']*+)*+'"
                    + "|(?<tag>\\$(?:[A-Za-z_]\\w*)?\\$).*?\\k<tag>)"
                    + "|(?<quoted>\"[^\"]*+(?:\"\"[^\"]*+)*+\")"
                    + "|(?<parameter>\\$\\d+)"
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                    + "|(?<other>::|\\d[\\w.]*|.)",
            Pattern.DOTALL);

    private Lexer() {}

    static List<Token> tokens(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            tokens.add(new Token(kind(matcher), matcher.group()));
        }
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group("space") != null) {
            return Kind.SPACE;
        }
        if (matcher.group("string") != null) {
            return Kind.STRING;
        }
        if (matcher.group("quoted") != null) {
            return Kind.QUOTED;
        }
        if (matcher.group("parameter") != null) {
            return Kind.PARAMETER;
        }
        return matcher.group("word") != null ? Kind.WORD : Kind.OTHER;
    }

    /** The statements of a text, without the semicolons between them; empty ones are left out. */
    static List<String> statements(String sql) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        boolean empty = true;
        for (Token token : tokens(sql)) {
            if (token.is(";")) {
                if (!empty) {
                    statements.add(statement.toString().strip());
                }
                statement.setLength(0);
                empty = true;
            } else {
                statement.append(token.text());
                empty &= token.kind() == Kind.SPACE;
            }
        }
        if (!empty) {
            statements.add(statement.toString().strip());
        }
        return statements;
    }

    /** The tokens that are no space. */
    static List<Token> words(String sql) {
        return tokens(sql).stream().filter(token -> token.kind() != Kind.SPACE).toList();
    }
}
