package dev.millrace.jinja;

import java.util.List;
import java.util.Random;

/** Templates at random, the same for the same seed: from nonsense to what is nearly right. */
final class RandomTemplates {
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-",
            "+",
            " ",
            "\n",
            "if",
            "else",
            "elif",
            "endif",
            "for",
            "in",
            "endfor",
            "set",
            "endset",
            "macro",
            "endmacro",
            "call",
            "endcall",
            "filter",
            "endfilter",
            "raw",
            "endraw",
            "with",
            "endwith",
            "do",
            "docs",
            "enddocs",
            "snapshot",
            "endsnapshot",
            "test",
            "endtest",
            "materialization",
            "x",
            "loop",
            "caller",
            "is",
            "not",
            "none",
            "true",
            "defined",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ".",
            "|",
            "~",
            "*",
            "**",
            "/",
            "//",
            "%",
            "=",
            "==",
            "<",
            "1",
            "2.5",
            "'a'",
            "\"b\"",
            "'",
            "\\",
            "upper",
            "join",
            "recursive");
    private static final List<String> NAMES =
            List.of("a", "b", "l", "d", "t", "m", "loop", "caller", "varargs", "kwargs", "modules", "range", "none");
    private static final List<String> FILTERS = List.of(
            "abs",
            "attr('x')",
            "batch(2)",
            "capitalize",
            "center(9)",
            "default(1)",
            "dictsort",
            "escape",
            "filesizeformat",
            "first",
            "float",
            "forceescape",
            "format(1, 'b')",
            "groupby('x')",
            "indent(2)",
            "int",
            "items",
            "join(',')",
            "last",
            "length",
            "list",
            "lower",
            "map('upper')",
            "map(attribute='a.b')",
            "max",
            "min",
            "pprint",
            "random",
            "reject('odd')",
            "rejectattr('x')",
            "replace('a', 'bb')",
            "reverse",
            "round(2)",
            "safe",
            "select",
            "selectattr('a', 'eq', 1)",
            "slice(3)",
            "sort",
            "sort(attribute='a', reverse=true)",
            "string",
            "striptags",
            "sum",
            "title",
            "tojson",
            "trim",
            "truncate(5)",
            "unique",
            "upper",
            "urlencode",
            "urlize",
            "wordcount",
            "wordwrap(3)",
            "xmlattr",
            "as_bool",
            "as_native",
            "as_number",
            "as_text");
    private static final List<String> TESTS = List.of(
            "defined",
            "none",
            "odd",
            "even",
            "divisibleby(3)",
            "eq(1)",
            "in([1])",
            "mapping",
            "number",
            "sameas(none)",
            "sequence",
            "string",
            "undefined",
            "iterable",
            "callable",
            "boolean",
            "lower",
            "upper",
            "gt(2)");
    private static final List<String> METHODS = List.of(
            "append(1)",
            "extend([2])",
            "pop()",
            "insert(0, 3)",
            "items()",
            "keys()",
            "values()",
            "get('k')",
            "update({'q': 1})",
            "upper()",
            "split(',')",
            "join(['x', 'y'])",
            "format(1, k=2)",
            "replace('a', 'b')",
            "strip()",
            "startswith('a')",
            "zfill(9)",
            "ljust(4)",
            "encode()",
            "count('a')",
            "index(1)",
            "sort()",
            "reverse()",
            "copy()",
            "clear()",
            "setdefault('z', [])",
            "partition('a')",
            "splitlines()",
            "translate({})",
            "isoformat()",
            "__class__",
            "real",
            "bit_length()",
            "add(1)",
            "union([1])",
            "name",
            "x");
    private static final List<String> OPERATORS = List.of(
            "+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in");

    /** Gives the names a meaning, so that what follows gets further. */
    private static final String PRELUDE =
            "{% macro m(a=1, b=2) %}{{ a }}{{ caller() if caller }}{{ varargs }}{{ kwargs }}"
                    + "{% endmacro %}{% set a, b, l, d, t = 3, 2.5, [1, 'x', [2]], {'a': {'b': 1}, 'k': [1]}, 'Text, more' %}";

    private final Random random;

    RandomTemplates(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(6)) {
            case 0 -> soup(25);
            case 1 -> "{{ " + soup(12) + " }}";
            case 2 -> characters();
            case 3 -> mutated(body(3));
            case 4 -> body(4);
            default -> PRELUDE + body(4);
        };
    }

    /** A value of the kinds that JSON has, and tuples. */
    Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> characters();
            case 1 -> random.nextLong() & Long.MAX_VALUE;
            case 2 -> Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(600) - 300);
            case 3 -> random.nextBoolean();
            case 4 -> None.NONE;
            case 5 -> (long) random.nextInt(10);
            case 6 -> new PyList(List.of(value(depth - 1), value(depth - 1)));
            default -> PyTuple.copyOf(List.of(value(depth - 1)));
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String soup(int max) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            text.append(one(PIECES)).append(random.nextInt(4) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int c = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x10000);
                case 1 -> random.nextInt(32);
                default -> 32 + random.nextInt(95);
            };
            text.append(Character.isSurrogate((char) c) ? "\ud83d\ude00" : String.valueOf((char) c));
        }
        return text.toString();
    }

    private String mutated(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0 && changed.length() > 0; i--) {
            int at = random.nextInt(changed.length());
            int end = Math.min(changed.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(at, end);
                case 1 -> changed.insert(at, one(PIECES));
                case 2 -> changed.insert(at, changed.substring(at, end).repeat(1 + random.nextInt(4)));
                default -> changed.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return changed.toString();
    }

    private String body(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(statement(depth));
        }
        return text.toString();
    }

    private String statement(int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? " x\n" : "{{ " + expression(2) + " }}";
        }
        String name = one(NAMES);
        return switch (random.nextInt(12)) {
            case 0 ->
                "{% if " + expression(2) + " %}" + body(depth - 1) + "{% else %}" + body(depth - 1) + "{% endif %}";
            case 1 -> "{% for " + name + " in " + expression(2) + " %}" + body(depth - 1) + "{% endfor %}";
            case 2 -> "{% for a, b in " + expression(2) + " recursive %}{{ loop(" + expression(1) + ") }}{% endfor %}";
            case 3 -> "{% set " + name + " = " + expression(3) + " %}";
            case 4 -> "{% set " + name + " %}" + body(depth - 1) + "{% endset %}";
            case 5 ->
                "{% macro m(a, b=" + expression(1) + ") %}" + body(depth - 1) + "{% endmacro %}{{ m(" + arguments()
                        + ") }}";
            case 6 -> "{% call(a) m(" + arguments() + ") %}" + body(depth - 1) + "{% endcall %}";
            case 7 -> "{% filter " + one(FILTERS) + " %}" + body(depth - 1) + "{% endfilter %}";
            case 8 -> "{% do " + name + "." + one(METHODS) + " %}";
            case 9 -> "{%- set d = {'k': " + expression(2) + "} -%}";
            default -> "{{ " + expression(3) + " }}";
        };
    }

    private String arguments() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> expression(1);
            case 2 -> "b=" + expression(1);
            case 3 -> "*" + expression(1);
            default -> expression(1) + ", **" + expression(1);
        };
    }

    private String expression(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(9)) {
                case 0 -> String.valueOf(random.nextInt(20) - 5);
                case 1 -> "'" + one(List.of("a", "ab,c", "{0!r:>{k}}", "%(a)s %d", "", "\\n", "x.y")) + "'";
                case 2 -> "[1, 2.5, 'a']";
                case 3 -> "{'a': {'b': 1}, 'k': []}";
                case 4 -> "(1, none)";
                case 5 -> "9" + "9".repeat(random.nextInt(25));
                case 6 -> one(List.of("modules.re", "modules.datetime.datetime", "modules.itertools", "modules.pytz"));
                default -> one(NAMES);
            };
        }
        String inner = expression(depth - 1);
        return switch (random.nextInt(13)) {
            case 0 -> inner + " " + one(OPERATORS) + " " + expression(depth - 1);
            case 1 -> "(" + inner + ")|" + one(FILTERS);
            case 2 -> inner + " is " + one(TESTS);
            case 3 -> "(" + inner + ")." + one(METHODS);
            case 4 -> "(" + inner + ")[" + expression(depth - 1) + "]";
            case 5 -> "(" + inner + ")[" + expression(0) + ":" + (random.nextBoolean() ? expression(0) : "") + "]";
            case 6 -> inner + " if " + expression(depth - 1) + " else " + expression(0);
            case 7 -> "[" + inner + ", " + expression(depth - 1) + "]";
            case 8 -> "range(" + inner + ")";
            case 9 -> "not " + inner;
            case 10 -> "m(" + arguments() + ")";
            case 11 -> "namespace(a=" + inner + ").a";
            default -> inner;
        };
    }
}
