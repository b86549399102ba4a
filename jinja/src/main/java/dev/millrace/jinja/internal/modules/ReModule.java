package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.Repr;
import java.util.HashMap;
import java.util.Map;

/** Python's module {@code re}, and its compiled patterns. */
final class ReModule {
    private static final Map<String, Method> PATTERN_METHODS = new MethodTable<>(PatternObject.class)
            .add("match", "string", (self, a) -> new RegexSearch(self.regex, a.string(0)).match())
            .add("search", "string", (self, a) -> new RegexSearch(self.regex, a.string(0)).search())
            .add("fullmatch", "string", (self, a) -> new RegexSearch(self.regex, a.string(0)).fullMatch())
            .add("findall", "string", (self, a) -> new RegexSearch(self.regex, a.string(0)).findAll())
            .add("finditer", "string", (self, a) -> new RegexSearch(self.regex, a.string(0)).findIter())
            .add(
                    "split",
                    "string, maxsplit=0",
                    (self, a) -> new RegexSearch(self.regex, a.string(0)).split(a.integer(1)))
            .add(
                    "sub",
                    "repl, string, count=0",
                    (self, a) -> new RegexSearch(self.regex, a.string(1))
                            .sub(a.get(0), a.integer(2), a.call())
                            .get(0))
            .add(
                    "subn",
                    "repl, string, count=0",
                    (self, a) -> new RegexSearch(self.regex, a.string(1)).sub(a.get(0), a.integer(2), a.call()))
            .build();

    private ReModule() {}

    static Map<String, Object> members() {
        Map<String, Object> members = new HashMap<>();
        members.put("compile", Functions.of("compile", "pattern, flags=0", a -> new PatternObject(regex(a, 1))));
        members.put(
                "match",
                Functions.of(
                        "match", "pattern, string, flags=0", a -> search(a, 2).match()));
        members.put(
                "search",
                Functions.of(
                        "search", "pattern, string, flags=0", a -> search(a, 2).search()));
        members.put(
                "fullmatch",
                Functions.of(
                        "fullmatch",
                        "pattern, string, flags=0",
                        a -> search(a, 2).fullMatch()));
        members.put(
                "findall",
                Functions.of(
                        "findall", "pattern, string, flags=0", a -> search(a, 2).findAll()));
        members.put(
                "finditer",
                Functions.of(
                        "finditer",
                        "pattern, string, flags=0",
                        a -> search(a, 2).findIter()));
        members.put(
                "split",
                Functions.of(
                        "split",
                        "pattern, string, maxsplit=0, flags=0",
                        a -> search(a, 3).split(a.integer(2))));
        members.put(
                "sub",
                Functions.of(
                        "sub",
                        "pattern, repl, string, count=0, flags=0",
                        a -> new RegexSearch(regex(a, 4), a.string(2))
                                .sub(a.get(1), a.integer(3), a.call())
                                .get(0)));
        members.put(
                "subn",
                Functions.of(
                        "subn",
                        "pattern, repl, string, count=0, flags=0",
                        a -> new RegexSearch(regex(a, 4), a.string(2)).sub(a.get(1), a.integer(3), a.call())));
        members.put("escape", Functions.of("escape", "pattern", a -> escape(a.string(0))));
        members.put("purge", Functions.of("purge", "", a -> None.NONE));
        flag(members, Regex.IGNORECASE, "I", "IGNORECASE");
        flag(members, Regex.MULTILINE, "M", "MULTILINE");
        flag(members, Regex.DOTALL, "S", "DOTALL");
        flag(members, Regex.VERBOSE, "X", "VERBOSE");
        flag(members, Regex.ASCII, "A", "ASCII");
        flag(members, 32L, "U", "UNICODE");
        return Map.copyOf(members);
    }

    private static void flag(Map<String, Object> members, long value, String... names) {
        for (String name : names) {
            members.put(name, value);
        }
    }

    private static RegexSearch search(Arguments a, int flagsIndex) {
        return new RegexSearch(regex(a, flagsIndex), a.string(1));
    }

    private static Regex regex(Arguments a, int flagsIndex) {
        if (a.get(0) instanceof PatternObject compiled) {
            return compiled.regex;
        } else if (a.get(0) instanceof String source) {
            return Regex.compile(source, a.integer(flagsIndex));
        }
        throw JinjaException.type("first argument must be string or compiled pattern");
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append("()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f".indexOf(c) >= 0 ? "\\" : "")
                    .append(c);
        }
        return out.toString();
    }

    /** What {@code re.compile} gives. */
    private record PatternObject(Regex regex) implements JinjaObject {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "pattern" -> regex.source();
                case "flags" -> regex.flags() | 32L;
                case "groups" -> (long) regex.pattern().matcher("").groupCount();
                case "groupindex" -> {
                    PyDict names = new PyDict();
                    regex.names().forEach((group, number) -> names.put(group, (long) number));
                    yield names;
                }
                default -> {
                    Method method = PATTERN_METHODS.get(name);
                    yield method == null ? missing(name) : new BoundMethod(this, name, method);
                }
            };
        }

        @Override
        public String display() {
            return "re.compile(" + Repr.repr(regex.source()) + ")";
        }

        @Override
        public String typeName() {
            return "re.Pattern";
        }
    }
}
