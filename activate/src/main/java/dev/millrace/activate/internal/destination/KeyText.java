package dev.millrace.activate.internal.destination;

import java.util.ArrayList;
import java.util.List;

/**
 * A key as text: its only value, or its values with {@code |} between, in which {@code |} and {@code \} are preceded by
 * {@code \}.
 */
public final class KeyText {
    private KeyText() {}

    /** The values of a key that consists of so many. */
    public static List<String> split(String text, int values) {
        if (values == 1) {
            return List.of(text);
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '|') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(next == '\\' ? text.charAt(++i) : next);
            }
        }
        parts.add(part.toString());
        if (parts.size() != values) {
            throw new IllegalArgumentException("'" + text + "' is no key of " + values + " values");
        }
        return parts;
    }
}
