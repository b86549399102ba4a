package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.DictView;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Types;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** {@code urlencode} and {@code xmlattr}. */
final class UrlText {
    private UrlText() {}

    static String encode(Object value) {
        if (value instanceof String || !Iteration.isIterable(value)) {
            return quote(Repr.str(value), "/");
        }
        Iterator<Object> pairs = Iteration.of(value instanceof PyDict dict ? DictView.items(dict) : value);
        StringBuilder out = new StringBuilder();
        while (pairs.hasNext()) {
            PyList pair = Iteration.list(pairs.next());
            if (pair.size() != 2) {
                throw JinjaException.value(
                        (pair.size() < 2 ? "not enough" : "too many") + " values to unpack (expected 2)");
            }
            out.append(out.length() == 0 ? "" : "&")
                    .append(form(Repr.str(pair.get(0))))
                    .append('=')
                    .append(form(Repr.str(pair.get(1))));
        }
        return out.toString();
    }

    private static String form(String text) {
        return quote(text, "").replace("%20", "+");
    }

    private static String quote(String text, String safe) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0);
            out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return out.toString();
    }

    static Object attributes(Arguments a) {
        if (!(a.get(0) instanceof PyDict dict)) {
            throw JinjaException.type("xmlattr needs a mapping, not " + Types.name(a.get(0)));
        }
        StringBuilder out = new StringBuilder();
        for (PyDict.Entry entry : dict.entries()) {
            if (entry.value() != None.NONE && !(entry.value() instanceof Undefined)) {
                String key = Repr.str(entry.key());
                if (key.matches(".*[\\s/>=].*")) {
                    throw JinjaException.value("Invalid character in attribute name: " + Repr.repr(key));
                }
                out.append(out.length() == 0 ? "" : " ")
                        .append(TextFilters.escape(key))
                        .append("=\"")
                        .append(TextFilters.escape(Repr.str(entry.value())))
                        .append('"');
            }
        }
        return a.truth(1) && out.length() > 0 ? " " + out : out.toString();
    }
}
