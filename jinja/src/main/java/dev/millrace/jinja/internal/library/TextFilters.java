package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.PercentFormat;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters on text. */
final class TextFilters {
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern TAG = Pattern.compile("<!--.*?-->|<[^>]*>", Pattern.DOTALL);

    private TextFilters() {}

    static void addTo(Filters filters) {
        filters.add("upper", "s", a -> text(a).toUpperCase(Locale.ROOT))
                .add("lower", "s", a -> text(a).toLowerCase(Locale.ROOT))
                .add("capitalize", "s", a -> Text.capitalize(text(a)))
                .add("title", "s", a -> title(text(a)))
                .add(
                        "trim",
                        "value, chars=None",
                        a -> StrSplit.strip(
                                text(a),
                                a.isNone(1) ? Text::isSpace : c -> a.string(1).indexOf(c) >= 0,
                                true,
                                true))
                .add(
                        "replace",
                        "s, old, new, count=None",
                        a -> StrMethods.replace(
                                text(a), Repr.str(a.get(1)), Repr.str(a.get(2)), a.isNone(3) ? -1 : a.integer(3)))
                .add("center", "value, width=80", a -> StrCase.center(text(a), a.integer(1), " "))
                .add("indent", "s, width=4, first=False, blank=False", TextFilters::indent)
                .add("format", "value, *args, **kwargs", TextFilters::format)
                .add("truncate", "s, length=255, killwords=False, end='...', leeway=5", TextFilters::truncate)
                .add("wordcount", "s", a -> WORD.matcher(text(a)).results().count())
                .add(
                        "wordwrap",
                        "s, width=79, break_long_words=True, wrapstring='\n', break_on_hyphens=True",
                        WordWrap::apply)
                .add(
                        "striptags",
                        "value",
                        a -> String.join(
                                " ",
                                StrMethods.words(unescape(TAG.matcher(text(a)).replaceAll("")))))
                .add("escape", "s", a -> escape(text(a)))
                .alias("e", "escape")
                .alias("forceescape", "escape")
                .add("safe", "value", a -> text(a))
                .add("urlencode", "value", a -> UrlText.encode(a.get(0)))
                .add("xmlattr", "d, autospace=True", UrlText::attributes);
    }

    private static String text(Arguments a) {
        return Repr.str(a.get(0));
    }

    private static String title(String text) {
        Matcher words = Pattern.compile("[-\\s({\\[<]+|[^-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS)
                .matcher(text);
        StringBuilder out = new StringBuilder();
        while (words.find()) {
            out.append(Text.capitalize(words.group()));
        }
        return out.toString();
    }

    private static Object indent(Arguments a) {
        String margin = a.get(1) instanceof String text ? text : Text.repeat(" ", a.integer(1));
        boolean blank = a.truth(3);
        List<Object> lines = StrSplit.lines(text(a) + "\n", false);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = Repr.str(lines.get(i));
            boolean indented = i == 0 ? a.truth(2) : blank || !line.isEmpty();
            out.append(i == 0 ? "" : "\n").append(indented ? margin : "").append(line);
        }
        return out.toString();
    }

    private static Object format(Arguments a) {
        if (!a.rest().isEmpty() && !a.keywords().isEmpty()) {
            throw new JinjaException(
                    JinjaException.Kind.FILTER_ARGUMENT,
                    "can't handle positional and keyword arguments at the same time");
        }
        Object values = a.keywords().isEmpty() ? PyTuple.copyOf(a.rest()) : a.keywords();
        return PercentFormat.format(text(a), values);
    }

    private static Object truncate(Arguments a) {
        String text = text(a);
        String end = a.string(3);
        int length = a.integer(1);
        int leeway = a.isNone(4) ? 5 : a.integer(4);
        if (length < end.length() || leeway < 0) {
            throw new JinjaException(
                    JinjaException.Kind.FILTER_ARGUMENT, "expected length >= " + end.length() + ", got " + length);
        } else if (text.length() <= length + leeway) {
            return text;
        }
        String head = text.substring(0, length - end.length());
        int space = head.lastIndexOf(' ');
        return (a.truth(2) || space < 0 ? head : head.substring(0, space)) + end;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace(">", "&gt;")
                .replace("<", "&lt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private static String unescape(String text) {
        return text.replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
