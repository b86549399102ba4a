package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.value.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** The methods of str that cut text into pieces. */
final class StrSplit {
    private StrSplit() {}

    static String strip(String self, Arguments a, boolean left, boolean right) {
        IntPredicate drop = a.isNone(0) ? Text::isSpace : c -> a.string(0).indexOf(c) >= 0;
        return strip(self, drop, left, right);
    }

    static String strip(String self, IntPredicate drop, boolean left, boolean right) {
        int start = 0;
        int end = self.length();
        while (left && start < end && drop.test(self.codePointAt(start))) {
            start += Character.charCount(self.codePointAt(start));
        }
        while (right && end > start && drop.test(self.codePointBefore(end))) {
            end -= Character.charCount(self.codePointBefore(end));
        }
        return self.substring(start, end);
    }

    static PyList split(String self, Arguments a) {
        int limit = a.integer(1) < 0 ? Integer.MAX_VALUE : a.integer(1);
        if (a.isNone(0)) {
            return new PyList(words(self, limit));
        }
        String separator = separator(a);
        PyList parts = new PyList();
        int at = 0;
        int found = self.indexOf(separator);
        while (found >= 0 && parts.size() < limit) {
            parts.add(self.substring(at, found));
            at = found + separator.length();
            found = self.indexOf(separator, at);
        }
        parts.add(self.substring(at));
        return parts;
    }

    static PyList splitRight(String self, Arguments a) {
        int limit = a.integer(1) < 0 ? Integer.MAX_VALUE : a.integer(1);
        List<Object> parts = new ArrayList<>();
        String rest = self;
        if (a.isNone(0)) {
            rest = Text.stripRight(rest);
            while (!rest.isEmpty() && parts.size() < limit) {
                int start = rest.length();
                while (start > 0 && !Text.isSpace(rest.charAt(start - 1))) {
                    start--;
                }
                parts.add(rest.substring(start));
                rest = Text.stripRight(rest.substring(0, start));
            }
            if (!rest.isEmpty()) {
                parts.add(rest);
            }
        } else {
            String separator = separator(a);
            int found = rest.lastIndexOf(separator);
            while (found >= 0 && parts.size() < limit) {
                parts.add(rest.substring(found + separator.length()));
                rest = rest.substring(0, found);
                found = rest.lastIndexOf(separator);
            }
            parts.add(rest);
        }
        Collections.reverse(parts);
        return new PyList(parts);
    }

    private static String separator(Arguments a) {
        if (a.string(0).isEmpty()) {
            throw JinjaException.value("empty separator");
        }
        return a.string(0);
    }

    static List<String> words(String text, int limit) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && Text.isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                return words;
            } else if (words.size() >= limit) {
                words.add(text.substring(at));
                return words;
            }
            int start = at;
            while (at < text.length() && !Text.isSpace(text.charAt(at))) {
                at++;
            }
            words.add(text.substring(start, at));
        }
    }

    static PyList lines(String text, boolean keepEnds) {
        PyList lines = new PyList();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n'
                    || c == '\r'
                    || c == 0x0b
                    || c == 0x0c
                    || (c >= 0x1c && c <= 0x1e)
                    || c == 0x85
                    || c == 0x2028
                    || c == 0x2029) {
                int end = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
                lines.add(text.substring(start, keepEnds ? end : i));
                start = end;
                i = end - 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static String expandTabs(String text, int size) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                int gap = size <= 0 ? 0 : size - column % size;
                out.append(" ".repeat(gap));
                column += gap;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + 1;
            }
        }
        return out.toString();
    }
}
