package dev.millrace.serving.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import org.jspecify.annotations.Nullable;

/** Reads the text of one parameter from left to right. Not thread-safe. */
final class Words {
    private final String parameter;
    private final String text;
    private int at;

    Words(String parameter, String text) {
        this.parameter = parameter;
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Whether {@code next} comes; it is taken then. */
    boolean take(String next) {
        if (text.startsWith(next, at)) {
            at += next.length();
            return true;
        }
        return false;
    }

    void require(String next) {
        if (!take(next)) {
            throw wrong("'" + next + "' is missing at character " + (at + 1));
        }
    }

    /** A name: in double quotes, or up to one of {@code ends}. */
    String upTo(String ends) {
        if (text.startsWith("\"", at)) {
            return quoted();
        }
        int start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        throw wrong("a quote is not closed");
    }

    MillraceException wrong(String what) {
        return wrong(what, null);
    }

    MillraceException wrong(String what, @Nullable String hint) {
        return new MillraceException(
                ErrorCode.REQUEST_INVALID, "parameter " + parameter + "=" + text + ": " + what, null, hint, null);
    }
}
