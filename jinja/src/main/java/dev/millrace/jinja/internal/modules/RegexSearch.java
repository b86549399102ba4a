package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.value.Lazy;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Sizes;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** One regular expression applied to one text. */
final class RegexSearch {
    private final Regex regex;
    private final String text;
    private final Matcher matcher;

    RegexSearch(Regex regex, String text) {
        this.regex = regex;
        this.text = text;
        this.matcher = regex.pattern().matcher(new GuardedText(text));
    }

    Object match() {
        return result(matcher.lookingAt());
    }

    Object search() {
        return result(matcher.find());
    }

    Object fullMatch() {
        return result(matcher.matches());
    }

    private Object result(boolean found) {
        return found ? new RegexMatch(regex, text, matcher.toMatchResult()) : None.NONE;
    }

    PyList findAll() {
        PyList found = new PyList();
        while (matcher.find()) {
            int groups = matcher.groupCount();
            found.add(groups == 0 ? matcher.group() : groups == 1 ? group(matcher, 1) : groups(matcher));
        }
        return found;
    }

    private static Object group(MatchResult match, int group) {
        String text = match.group(group);
        return text == null ? "" : text;
    }

    private static PyTuple groups(MatchResult match) {
        Object[] groups = new Object[match.groupCount()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group(match, i + 1);
        }
        return PyTuple.of(groups);
    }

    Lazy findIter() {
        PyList found = new PyList();
        while (matcher.find()) {
            found.add(new RegexMatch(regex, text, matcher.toMatchResult()));
        }
        return new Lazy("callable_iterator", found.iterator());
    }

    PyList split(int limit) {
        PyList parts = new PyList();
        int at = 0;
        int cuts = 0;
        while ((limit <= 0 || cuts < limit) && matcher.find()) {
            parts.add(text.substring(at, matcher.start()));
            for (int group = 1; group <= matcher.groupCount(); group++) {
                String value = matcher.group(group);
                parts.add(value == null ? None.NONE : value);
            }
            at = matcher.end();
            cuts++;
        }
        parts.add(text.substring(at));
        return parts;
    }

    /** The text after the replacements, and how many there were. */
    PyTuple sub(Object replacement, int limit, Call call) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        long count = 0;
        while ((limit <= 0 || count < limit) && matcher.find()) {
            out.append(text, at, matcher.start());
            out.append(replace(replacement, matcher.toMatchResult(), call));
            Sizes.checkText(out.length());
            at = matcher.end();
            count++;
        }
        return PyTuple.of(out.append(text.substring(at)).toString(), count);
    }

    private String replace(Object replacement, MatchResult match, Call call) {
        if (replacement instanceof String template) {
            return expand(template, match);
        } else if (replacement instanceof Callable function) {
            Object value = function.call(call.with(List.of(new RegexMatch(regex, text, match)), Map.of()));
            return Repr.str(value);
        }
        throw JinjaException.type("expected str instance, " + Values.typeName(replacement) + " found");
    }

    private String expand(String template, MatchResult match) {
        if (template.indexOf('\\') < 0) {
            return template;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c != '\\' || i + 1 == template.length()) {
                out.append(c);
                continue;
            }
            char next = template.charAt(++i);
            if (next >= '1' && next <= '9') {
                int end = i + 1 < template.length() && Character.isDigit(template.charAt(i + 1)) ? i + 2 : i + 1;
                out.append(group(match, checked(Integer.parseInt(template.substring(i, end)), match)));
                i = end - 1;
            } else if (next == 'g' && template.startsWith("<", i + 1) && template.indexOf('>', i) > 0) {
                int end = template.indexOf('>', i);
                out.append(group(match, number(template.substring(i + 2, end), match)));
                i = end;
            } else {
                out.append(
                        switch (next) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '\\' -> "\\";
                            case '0' -> "\0";
                            default -> "\\" + next;
                        });
            }
        }
        return out.toString();
    }

    private int number(String name, MatchResult match) {
        Integer number =
                name.matches("\\d{1,6}") ? Integer.valueOf(name) : regex.names().get(name);
        if (number == null) {
            throw new JinjaException(JinjaException.Kind.INDEX, "unknown group name '" + name + "'");
        }
        return checked(number, match);
    }

    private static int checked(int number, MatchResult match) {
        if (number > match.groupCount()) {
            throw JinjaException.value("re.error: invalid group reference " + number);
        }
        return number;
    }
}
