package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A Python regular expression translated to Java's dialect.
 *
 * @param names the numbers of the named groups
 */
record Regex(String source, long flags, Pattern pattern, Map<String, Integer> names) {
    static final long IGNORECASE = 2;
    static final long MULTILINE = 8;
    static final long DOTALL = 16;
    static final long VERBOSE = 64;
    static final long ASCII = 256;

    static Regex compile(String source, long flags) {
        Translator translator = new Translator(source);
        String translated = translator.translate();
        int javaFlags = Pattern.UNIX_LINES
                | ((flags & ASCII) == 0 ? Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE : 0)
                | ((flags & IGNORECASE) != 0 ? Pattern.CASE_INSENSITIVE : 0)
                | ((flags & MULTILINE) != 0 ? Pattern.MULTILINE : 0)
                | ((flags & DOTALL) != 0 ? Pattern.DOTALL : 0)
                | ((flags & VERBOSE) != 0 ? Pattern.COMMENTS : 0);
        try {
            return new Regex(source, flags, Pattern.compile(translated, javaFlags), translator.names);
        } catch (PatternSyntaxException e) {
            throw new JinjaException(
                    JinjaException.Kind.VALUE,
                    "re.error: " + e.getDescription() + " at position " + e.getIndex(),
                    null,
                    e);
        }
    }

    /** Rewrites what the dialects write differently: named groups, {@code \Z}, literal braces and brackets. */
    private static final class Translator {
        private final String source;
        private final StringBuilder out = new StringBuilder();
        private final Map<String, Integer> names = new LinkedHashMap<>();
        private int groups;
        private int at;

        Translator(String source) {
            this.source = source;
        }

        String translate() {
            while (at < source.length()) {
                char c = source.charAt(at);
                switch (c) {
                    case '\\' -> escape();
                    case '[' -> set();
                    case '(' -> group();
                    case '{' -> brace();
                    default -> {
                        out.append(c);
                        at++;
                    }
                }
            }
            return out.toString();
        }

        private void escape() {
            if (at + 1 >= source.length()) {
                throw JinjaException.value("re.error: bad escape (end of pattern) at position " + at);
            }
            char next = source.charAt(at + 1);
            out.append(next == 'Z' ? "\\z" : "\\" + next);
            at += 2;
        }

        private void set() {
            int start = at++;
            out.append('[');
            if (at < source.length() && source.charAt(at) == '^') {
                out.append('^');
                at++;
            }
            boolean first = true;
            while (at < source.length() && (first || source.charAt(at) != ']')) {
                char c = source.charAt(at);
                if (c == '\\' && at + 1 < source.length()) {
                    out.append(c).append(source.charAt(at + 1));
                    at++;
                } else if (c == '[' || c == ']' || c == '&' || c == '^' || c == ' ' || c == '#') {
                    out.append('\\').append(c);
                } else {
                    out.append(c);
                }
                at++;
                first = false;
            }
            if (at >= source.length()) {
                throw JinjaException.value("re.error: unterminated character set at position " + start);
            }
            out.append(']');
            at++;
        }

        private void group() {
            if (source.startsWith("(?P<", at)) {
                int end = source.indexOf('>', at);
                if (end < 0) {
                    throw JinjaException.value("re.error: missing >, unterminated name at position " + (at + 4));
                }
                names.put(source.substring(at + 4, end), ++groups);
                out.append('(');
                at = end + 1;
            } else if (source.startsWith("(?P=", at)) {
                int end = source.indexOf(')', at);
                String name = end < 0 ? "" : source.substring(at + 4, end);
                Integer number = names.get(name);
                if (number == null) {
                    throw JinjaException.value("re.error: unknown group name '" + name + "' at position " + (at + 4));
                }
                out.append("(?:\\").append(number).append(')');
                at = end + 1;
            } else {
                if (!source.startsWith("(?", at)) {
                    groups++;
                }
                out.append('(');
                at++;
            }
        }

        private void brace() {
            int end = source.indexOf('}', at);
            String inner = end < 0 ? "" : source.substring(at + 1, end);
            if (inner.matches("\\d+|\\d+,\\d*|,\\d+")) {
                out.append('{')
                        .append(inner.startsWith(",") ? "0" : "")
                        .append(inner)
                        .append('}');
                at = end + 1;
            } else {
                out.append("\\{");
                at++;
            }
        }
    }
}
