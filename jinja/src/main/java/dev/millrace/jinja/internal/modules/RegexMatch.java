package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.Repr;
import java.util.Map;
import java.util.regex.MatchResult;

/** Python's match object. */
record RegexMatch(Regex regex, String text, MatchResult match) implements JinjaObject {
    private static final Map<String, Method> METHODS = new MethodTable<>(RegexMatch.class)
            .add("group", "*groups", RegexMatch::groupMethod)
            .add("groups", "default=None", (self, a) -> self.groups(a.get(0)))
            .add("groupdict", "default=None", (self, a) -> self.named(a.get(0)))
            .add("start", "group=0", (self, a) -> (long) self.match.start(self.number(a.get(0))))
            .add("end", "group=0", (self, a) -> (long) self.match.end(self.number(a.get(0))))
            .add(
                    "span",
                    "group=0",
                    (self, a) -> PyTuple.of((long) self.match.start(self.number(a.get(0))), (long)
                            self.match.end(self.number(a.get(0)))))
            .build();

    private static Object groupMethod(RegexMatch self, Arguments a) {
        if (a.rest().isEmpty()) {
            return self.group(0L, None.NONE);
        } else if (a.rest().size() == 1) {
            return self.group(a.rest().get(0), None.NONE);
        }
        return PyTuple.copyOf(
                a.rest().stream().map(key -> self.group(key, None.NONE)).toList());
    }

    private Object group(Object key, Object fallback) {
        String value = match.group(number(key));
        return value == null ? fallback : value;
    }

    private int number(Object key) {
        Integer number = key instanceof String name ? regex.names().get(name) : (Integer) Values.toInt(key);
        if (number == null || number < 0 || number > match.groupCount()) {
            throw new JinjaException(JinjaException.Kind.INDEX, "no such group");
        }
        return number;
    }

    private PyTuple groups(Object fallback) {
        Object[] groups = new Object[match.groupCount()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = group(i + 1L, fallback);
        }
        return PyTuple.of(groups);
    }

    private PyDict named(Object fallback) {
        PyDict named = new PyDict();
        regex.names().forEach((name, number) -> named.put(name, group((long) number, fallback)));
        return named;
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "string" -> text;
            case "pos" -> 0L;
            case "endpos" -> (long) text.length();
            default -> {
                Method method = METHODS.get(name);
                yield method == null ? missing(name) : new BoundMethod(this, name, method);
            }
        };
    }

    @Override
    public Object item(Object key) {
        return group(key, None.NONE);
    }

    @Override
    public String display() {
        return "<re.Match object; span=(" + match.start() + ", " + match.end() + "), match=" + Repr.repr(match.group())
                + ">";
    }

    @Override
    public String typeName() {
        return "re.Match";
    }
}
