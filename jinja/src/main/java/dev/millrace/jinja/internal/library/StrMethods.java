package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.BraceFormat;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Text;
import dev.millrace.jinja.internal.value.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/** The methods of str. */
final class StrMethods {
    private static final String RANGE = ", start=0, end=None";

    private StrMethods() {}

    static Map<String, Method> table() {
        MethodTable<String> table = new MethodTable<>(String.class)
                .add("upper", "", (self, a) -> self.toUpperCase(Locale.ROOT))
                .add("lower", "", (self, a) -> self.toLowerCase(Locale.ROOT))
                .add("casefold", "", (self, a) -> self.toLowerCase(Locale.ROOT))
                .add("title", "", (self, a) -> StrCase.title(self))
                .add("capitalize", "", (self, a) -> Text.capitalize(self))
                .add("swapcase", "", (self, a) -> StrCase.swap(self))
                .add("strip", "chars=None", (self, a) -> StrSplit.strip(self, a, true, true))
                .add("lstrip", "chars=None", (self, a) -> StrSplit.strip(self, a, true, false))
                .add("rstrip", "chars=None", (self, a) -> StrSplit.strip(self, a, false, true))
                .add("split", "sep=None, maxsplit=-1", (self, a) -> StrSplit.split(self, a))
                .add("rsplit", "sep=None, maxsplit=-1", (self, a) -> StrSplit.splitRight(self, a))
                .add("splitlines", "keepends=False", (self, a) -> StrSplit.lines(self, a.truth(0)))
                .add("partition", "sep", (self, a) -> partition(self, a.string(0), self.indexOf(a.string(0)), false))
                .add(
                        "rpartition",
                        "sep",
                        (self, a) -> partition(self, a.string(0), self.lastIndexOf(a.string(0)), true))
                .add("join", "iterable", (self, a) -> join(self, a.get(0)))
                .add(
                        "replace",
                        "old, new, count=-1",
                        (self, a) -> replace(self, a.string(0), a.string(1), a.integer(2)))
                .add(
                        "format",
                        "*args, **kwargs",
                        (self, a) -> BraceFormat.format(self, a.rest(), a.call().keywords()))
                .add("startswith", "prefix" + RANGE, (self, a) -> affix(self, a, String::startsWith))
                .add("endswith", "suffix" + RANGE, (self, a) -> affix(self, a, String::endsWith))
                .add(
                        "removeprefix",
                        "prefix",
                        (self, a) -> self.startsWith(a.string(0))
                                ? self.substring(a.string(0).length())
                                : self)
                .add(
                        "removesuffix",
                        "suffix",
                        (self, a) -> self.endsWith(a.string(0))
                                ? self.substring(0, self.length() - a.string(0).length())
                                : self)
                .add("find", "sub" + RANGE, (self, a) -> find(self, a, false))
                .add("rfind", "sub" + RANGE, (self, a) -> find(self, a, true))
                .add("index", "sub" + RANGE, (self, a) -> index(self, a, false))
                .add("rindex", "sub" + RANGE, (self, a) -> index(self, a, true))
                .add("count", "sub" + RANGE, (self, a) -> count(part(self, a), a.string(0)))
                .add("maketrans", "x, y=..., z=...", (self, a) -> StrTranslate.table(a))
                .add("translate", "table", (self, a) -> StrTranslate.translate(self, a.get(0)))
                .add("expandtabs", "tabsize=8", (self, a) -> StrSplit.expandTabs(self, a.integer(0)));
        return StrCase.padding(StrCase.predicates(table)).build();
    }

    private static PyTuple partition(String self, String separator, int index, boolean right) {
        if (separator.isEmpty()) {
            throw JinjaException.value("empty separator");
        } else if (index < 0) {
            return right ? PyTuple.of("", "", self) : PyTuple.of(self, "", "");
        }
        return PyTuple.of(self.substring(0, index), separator, self.substring(index + separator.length()));
    }

    private static String join(String separator, Object elements) {
        StringBuilder out = new StringBuilder();
        Iterator<Object> iterator = elements instanceof Undefined || Iteration.isIterable(elements)
                ? Iteration.of(elements)
                : notIterable();
        for (int i = 0; iterator.hasNext(); i++) {
            Object element = iterator.next();
            if (!(element instanceof String text)) {
                throw JinjaException.type(
                        "sequence item " + i + ": expected str instance, " + Types.name(element) + " found");
            }
            out.append(i == 0 ? "" : separator).append(text);
        }
        return out.toString();
    }

    private static Iterator<Object> notIterable() {
        throw JinjaException.type("can only join an iterable");
    }

    static String replace(String self, String old, String with, int count) {
        if (count < 0) {
            return self.replace(old, with);
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int done = 0; done < count; done++) {
            int found = self.indexOf(old, at);
            if (found < 0 || (old.isEmpty() && found >= self.length())) {
                if (old.isEmpty() && found == self.length() && at == self.length()) {
                    out.append(with);
                }
                break;
            }
            out.append(self, at, found).append(with);
            at = found + old.length();
            if (old.isEmpty()) {
                out.append(self.charAt(at++));
            }
        }
        return out.append(self.substring(Math.min(at, self.length()))).toString();
    }

    /** The part of the text that the arguments {@code start} and {@code end} choose. */
    private static String part(String self, Arguments a) {
        int start = clamp(a.integer(1), self.length());
        int end = a.isNone(2) ? self.length() : clamp(a.integer(2), self.length());
        return start > end ? "" : self.substring(start, end);
    }

    private static int clamp(int index, int length) {
        return Math.max(0, Math.min(length, index < 0 ? index + length : index));
    }

    private static boolean affix(String self, Arguments a, BiPredicate<String, String> test) {
        String part = part(self, a);
        Object affix = a.get(0);
        if (affix instanceof PyTuple choices) {
            return choices.stream().anyMatch(choice -> choice instanceof String text && test.test(part, text));
        }
        return test.test(part, a.string(0));
    }

    private static long find(String self, Arguments a, boolean last) {
        String part = part(self, a);
        int found = last ? part.lastIndexOf(a.string(0)) : part.indexOf(a.string(0));
        return found < 0 ? -1L : (long) Text.length(part.substring(0, found)) + clamp(a.integer(1), self.length());
    }

    private static long index(String self, Arguments a, boolean last) {
        long found = find(self, a, last);
        if (found < 0) {
            throw JinjaException.value("substring not found");
        }
        return found;
    }

    private static long count(String text, String part) {
        if (part.isEmpty()) {
            return Text.length(text) + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    static List<String> words(String text) {
        return StrSplit.words(text, Integer.MAX_VALUE);
    }
}
