package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.internal.value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into tokens, applying whitespace control on the way. */
final class Lexer {
    private static final Pattern RAW_BEGIN =
            Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern RAW_END =
            Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern DOCS_END = Pattern.compile("\\{%([-+]?)\\s*enddocs\\s*[-+]?%\\}");

    private final Source source;
    private final String text;
    private final boolean trimBlocks;
    private final boolean lstripBlocks;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean lineStarting = true;

    Lexer(Source source, boolean trimBlocks, boolean lstripBlocks) {
        this.source = source;
        this.text = source.text();
        this.trimBlocks = trimBlocks;
        this.lstripBlocks = lstripBlocks;
    }

    List<Token> tokens() {
        while (at < text.length()) {
            int open = nextOpening(at);
            if (open < 0) {
                data(at, text.length(), text.length());
                at = text.length();
                break;
            }
            char kind = text.charAt(open + 1);
            char sign = open + 2 < text.length() ? text.charAt(open + 2) : 0;
            data(at, open, stripped(at, open, kind, sign));
            at = open;
            switch (kind) {
                case '#' -> comment();
                case '{' -> variable(sign);
                default -> block(sign);
            }
        }
        add(Token.Kind.EOF, "", text.length(), text.length());
        return tokens;
    }

    private int nextOpening(int from) {
        for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    /** Where the text before a tag ends once whitespace control is applied. */
    private int stripped(int start, int end, char kind, char sign) {
        int cut = end;
        if (sign == '-') {
            while (cut > start && Text.isSpace(text.charAt(cut - 1))) {
                cut--;
            }
        } else if (sign != '+' && lstripBlocks && kind != '{') {
            int line = text.lastIndexOf('\n', end - 1) + 1;
            boolean atLineStart = line > start || lineStarting;
            int from = Math.max(line, start);
            if (atLineStart && text.substring(from, end).isBlank()) {
                cut = from;
            }
        }
        return cut;
    }

    private void data(int start, int rawEnd, int end) {
        if (end > start) {
            tokens.add(new Token(Token.Kind.DATA, text.substring(start, end), "", start, rawEnd));
        }
    }

    private void add(Token.Kind kind, String value, int start, int end) {
        tokens.add(new Token(kind, value, value, start, end));
    }

    private void comment() {
        int close = text.indexOf("#}", at + 2);
        if (close < 0) {
            throw source.error("Missing end of comment tag", at);
        }
        boolean opensWithSign = text.charAt(at + 2) == '-' || text.charAt(at + 2) == '+';
        char sign = close > at + (opensWithSign ? 3 : 2) ? text.charAt(close - 1) : 0;
        at = close + 2;
        afterTag(sign == '-', sign == '+', true);
    }

    /** Skips what whitespace control removes after a tag. */
    private void afterTag(boolean minus, boolean plus, boolean block) {
        if (minus) {
            while (at < text.length() && Text.isSpace(text.charAt(at))) {
                at++;
            }
        } else if (block && trimBlocks && !plus && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        lineStarting = text.charAt(at - 1) == '\n';
    }

    private void variable(char sign) {
        int begin = at;
        at += sign == '-' || sign == '+' ? 3 : 2;
        add(Token.Kind.VARIABLE_BEGIN, "{{", begin, at);
        new ExpressionLexer(source, tokens, at).run("}}", this::close);
    }

    private void block(char sign) {
        Matcher raw = RAW_BEGIN.matcher(text).region(at, text.length());
        if (raw.lookingAt()) {
            raw(raw);
            return;
        }
        int begin = at;
        at += sign == '-' || sign == '+' ? 3 : 2;
        int first = tokens.size();
        add(Token.Kind.BLOCK_BEGIN, "{%", begin, at);
        new ExpressionLexer(source, tokens, at).run("%}", this::close);
        if (tokens.get(first + 1).isName("docs") && tokens.size() == first + 4) {
            docs(begin);
        }
    }

    /** Called at the end of a tag with the offsets of its closing mark. */
    private void close(Token.Kind kind, int start, int end) {
        add(kind, kind == Token.Kind.VARIABLE_END ? "}}" : "%}", start, end);
        at = end;
        char sign = text.charAt(start);
        afterTag(sign == '-', sign == '+', kind == Token.Kind.BLOCK_END);
    }

    private void raw(Matcher begin) {
        int start = at;
        at = begin.end();
        afterTag(begin.group(1).equals("-"), false, true);
        Matcher end = RAW_END.matcher(text);
        if (!end.find(at)) {
            throw source.error("Missing end of raw directive", start);
        }
        char sign = end.group(1).isEmpty() ? 0 : end.group(1).charAt(0);
        data(at, end.start(), stripped(at, end.start(), '%', sign));
        at = end.end();
        afterTag(end.group(2).equals("-"), end.group(2).equals("+"), true);
    }

    /** The body of a docs block is prose: nothing in it is a tag. */
    private void docs(int begin) {
        Matcher end = DOCS_END.matcher(text);
        if (!end.find(at)) {
            throw source.error("Missing end of docs block", begin);
        }
        char sign = end.group(1).isEmpty() ? 0 : end.group(1).charAt(0);
        data(at, end.start(), stripped(at, end.start(), '%', sign));
        at = end.start();
    }
}
