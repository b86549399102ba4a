package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import java.math.BigInteger;

/** Reads JSON as Python's {@code json.loads} does, with its messages. */
public final class JsonParser {
    private static final int MAX_DEPTH = 500;

    private final String text;
    private int at;
    private int depth;

    private JsonParser(String text) {
        this.text = text;
    }

    public static Object parse(String text) {
        JsonParser parser = new JsonParser(text);
        parser.skipSpace();
        Object value = parser.value();
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.error("Extra data", parser.at);
        }
        return value;
    }

    private Object value() {
        if (at >= text.length() || ++depth > MAX_DEPTH) {
            throw error("Expecting value", at);
        }
        char c = text.charAt(at);
        Object value = switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", None.NONE);
            case 'N' -> word("NaN", Double.NaN);
            case 'I' -> word("Infinity", Double.POSITIVE_INFINITY);
            default -> number();
        };
        depth--;
        return value;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw error("Expecting value", at);
        }
        at += word.length();
        return value;
    }

    private Object object() {
        PyDict dict = new PyDict();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return dict;
        }
        while (true) {
            if (peek() != '"') {
                throw error("Expecting property name enclosed in double quotes", at);
            }
            String key = string();
            skipSpace();
            if (peek() != ':') {
                throw error("Expecting ':' delimiter", at);
            }
            at++;
            skipSpace();
            dict.put(key, value());
            skipSpace();
            char next = peek();
            if (next == '}') {
                at++;
                return dict;
            } else if (next != ',') {
                throw error("Expecting ',' delimiter", at);
            }
            at++;
            skipSpace();
        }
    }

    private Object array() {
        PyList list = new PyList();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value());
            skipSpace();
            char next = peek();
            if (next == ']') {
                at++;
                return list;
            } else if (next != ',') {
                throw error("Expecting ',' delimiter", at);
            }
            at++;
            skipSpace();
        }
    }

    private String string() {
        int start = at++;
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            } else if (c == '\\') {
                escape(out, start);
            } else if (c < ' ') {
                throw error("Invalid control character at", at - 1);
            } else {
                out.append(c);
            }
        }
        throw error("Unterminated string starting at", start);
    }

    private void escape(StringBuilder out, int start) {
        if (at >= text.length()) {
            throw error("Unterminated string starting at", start);
        }
        char c = text.charAt(at++);
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw error("Invalid \\uXXXX escape", at);
                }
                out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            }
            default -> throw error("Invalid \\escape", at - 2);
        }
    }

    private Object number() {
        int start = at;
        if (text.startsWith("-Infinity", at)) {
            return word("-Infinity", Double.NEGATIVE_INFINITY);
        }
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.matches("-?(0|[1-9]\\d*)")) {
            return Numbers.normal(new BigInteger(digits));
        } else if (digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return Double.valueOf(digits);
        }
        throw error("Expecting value", start);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JinjaException error(String what, int place) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(place, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return JinjaException.value(
                what + ": line " + line + " column " + (place - lineStart + 1) + " (char " + place + ")");
    }
}
