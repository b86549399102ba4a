package dev.millrace.cdc.internal.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's text of an array, such as {@code {1,NULL,"a \"b\""}} (PostgreSQL manual, 8.15.6). */
final class ArrayText {
    private ArrayText() {}

    /** The elements' texts; null if the array has several dimensions. */
    static @Nullable List<@Nullable String> parse(String text) {
        List<@Nullable String> elements = new ArrayList<>();
        int at = text.indexOf('{') + 1;
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                element.append(text.charAt(++at));
            } else if (c == '"') {
                quoted = !quoted;
                wasQuoted = true;
            } else if (quoted) {
                element.append(c);
            } else if (c == '{') {
                return null;
            } else if (c == ',' || c == '}') {
                if (c == ',' || !element.isEmpty() || wasQuoted) {
                    String value = element.toString();
                    elements.add(!wasQuoted && value.equals("NULL") ? null : value);
                }
                element.setLength(0);
                wasQuoted = false;
            } else {
                element.append(c);
            }
        }
        return elements;
    }
}
