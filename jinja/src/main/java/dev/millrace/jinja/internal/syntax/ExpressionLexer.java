package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Text;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens inside one tag. */
final class ExpressionLexer {
    private static final Pattern FLOAT =
            Pattern.compile("(\\d+_)*\\d+((\\.(\\d+_)*\\d+)?[eE][+-]?(\\d+_)*\\d+|\\.(\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](_?[01])+|0[oO](_?[0-7])+|0[xX](_?[\\da-fA-F])+|[1-9](_?\\d)*|0(_?0)*");
    private static final List<String> OPERATORS = List.of(
            "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    /** Told where the tag ends. */
    @FunctionalInterface
    interface End {
        void at(Token.Kind kind, int start, int end);
    }

    private final Source source;
    private final String text;
    private final List<Token> tokens;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;

    ExpressionLexer(Source source, List<Token> tokens, int at) {
        this.source = source;
        this.text = source.text();
        this.tokens = tokens;
        this.at = at;
    }

    void run(String close, End end) {
        boolean variable = close.equals("}}");
        Token.Kind endKind = variable ? Token.Kind.VARIABLE_END : Token.Kind.BLOCK_END;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (open.isEmpty() && text.startsWith(close, at)) {
                end.at(endKind, at, at + 2);
                return;
            }
            boolean sign = c == '-' || (c == '+' && !variable);
            if (open.isEmpty() && sign && text.startsWith(close, at + 1)) {
                end.at(endKind, at, at + 3);
                return;
            }
            token(c);
        }
        end.at(Token.Kind.EOF, at - 1, at);
    }

    private void token(char c) {
        if (Text.isSpace(c)) {
            at++;
        } else if (c >= '0' && c <= '9') {
            number();
        } else if (c == '_' || Character.isLetterOrDigit(text.codePointAt(at))) {
            name();
        } else if (c == '\'' || c == '"') {
            string(c);
        } else {
            operator();
        }
    }

    private void add(Token.Kind kind, String value, Object literal, int end) {
        tokens.add(new Token(kind, value, literal, at, end));
        at = end;
    }

    private void number() {
        Matcher real = FLOAT.matcher(text).region(at, text.length());
        boolean afterDot = text.charAt(at - 1) == '.';
        if (!afterDot && real.lookingAt()) {
            add(Token.Kind.FLOAT, real.group(), Double.parseDouble(real.group().replace("_", "")), real.end());
            return;
        }
        Matcher whole = INTEGER.matcher(text).region(at, text.length());
        if (!whole.lookingAt()) {
            throw source.error("unexpected char " + Repr.repr(String.valueOf(text.charAt(at))), at);
        }
        String digits = whole.group().replace("_", "").toLowerCase(Locale.ROOT);
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        if (digits.length() > 4300) {
            throw source.error("number has too many digits", at);
        }
        BigInteger value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
        add(Token.Kind.INTEGER, whole.group(), Numbers.normal(value), whole.end());
    }

    private void name() {
        int end = at;
        while (end < text.length()
                && (text.charAt(end) == '_' || Character.isUnicodeIdentifierPart(text.codePointAt(end)))
                && !Character.isIdentifierIgnorable(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        if (end == at || Character.isDigit(text.codePointAt(at))) {
            throw source.error("Invalid character in identifier", at);
        }
        String name = text.substring(at, end);
        add(Token.Kind.NAME, name, name, end);
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw source.error(
                    "unexpected char " + Repr.repr(String.valueOf(quote)) + " at " + at
                            + ": the string that starts here has no end",
                    at);
        }
        String value = StringEscapes.decode(text.substring(at + 1, end), source, at);
        add(Token.Kind.STRING, value, value, end + 1);
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                balance(operator.charAt(0));
                add(Token.Kind.OPERATOR, operator, operator, at + operator.length());
                return;
            }
        }
        String shown = Repr.repr(Character.toString(text.codePointAt(at)));
        throw source.error("unexpected char " + shown + " at " + at, at);
    }

    private void balance(char c) {
        if (c == '(' || c == '[' || c == '{') {
            open.push(c == '(' ? ')' : c == '[' ? ']' : '}');
        } else if (c == ')' || c == ']' || c == '}') {
            if (open.isEmpty()) {
                throw source.error("unexpected '" + c + "'", at);
            }
            char expected = open.pop();
            if (expected != c) {
                throw source.error("unexpected '" + c + "', expected '" + expected + "'", at);
            }
        }
    }
}
