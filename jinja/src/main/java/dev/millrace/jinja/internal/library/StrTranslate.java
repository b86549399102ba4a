package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.internal.value.Types;

/** {@code str.maketrans} and {@code str.translate}: tables from code points to what replaces them. */
final class StrTranslate {
    private StrTranslate() {}

    static PyDict table(Arguments a) {
        PyDict table = new PyDict();
        if (a.isMissing(1)) {
            if (!(a.get(0) instanceof PyDict given)) {
                throw JinjaException.type("if you give only one argument to maketrans it must be a dict");
            }
            for (PyDict.Entry entry : given.entries()) {
                Object key = entry.key();
                table.put(key instanceof String text ? (Object) (long) text.codePointAt(0) : key, entry.value());
            }
            return table;
        }
        int[] from = a.string(0).codePoints().toArray();
        int[] to = a.string(1).codePoints().toArray();
        if (from.length != to.length) {
            throw JinjaException.value("the first two maketrans arguments must have equal length");
        }
        for (int i = 0; i < from.length; i++) {
            table.put((long) from[i], (long) to[i]);
        }
        if (!a.isMissing(2)) {
            a.string(2).codePoints().forEach(gone -> table.put((long) gone, None.NONE));
        }
        return table;
    }

    static String translate(String self, Object table) {
        if (!(table instanceof PyDict dict)) {
            throw JinjaException.type("translate() takes a table of str.maketrans(), but got " + Types.name(table));
        }
        StringBuilder text = new StringBuilder();
        self.codePoints().forEach(point -> {
            Object value = dict.get((long) point);
            if (value == null) {
                text.appendCodePoint(point);
            } else if (value instanceof Long other) {
                text.appendCodePoint(other.intValue());
            } else if (value != None.NONE) {
                text.append(value);
            }
        });
        return text.toString();
    }
}
