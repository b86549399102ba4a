package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import java.util.ArrayList;
import java.util.List;

/** The few literals a host writes in a signature. */
public final class Literals {
    private Literals() {}

    public static Object parse(String text) {
        return switch (text) {
            case "None" -> None.NONE;
            case "True" -> true;
            case "False" -> false;
            case "[]" -> new PyList();
            case "{}" -> new PyDict();
            case "()" -> PyTuple.EMPTY;
            default -> quotedOrNumber(text);
        };
    }

    private static Object quotedOrNumber(String text) {
        char first = text.charAt(0);
        if (first == '\'' || first == '"') {
            return text.substring(1, text.length() - 1);
        }
        return text.contains(".") ? (Object) Double.valueOf(text) : Long.valueOf(text);
    }

    /** Splits at commas outside quotes. */
    public static List<String> splitTopLevel(String text) {
        List<String> parts = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
