package dev.millrace.transform.internal.context;

import dev.millrace.core.Position;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Globals;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Template;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.macro.DbtJinja;
import dev.millrace.transform.internal.resource.TestInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a generic test as its macro gets them: a text that is a call to {@code ref}, {@code source},
 * {@code var} or {@code env_var}, or that holds a template, is evaluated.
 */
public final class TestArguments {
    private static final Pattern CALL =
            Pattern.compile("^\\s*(env_var|ref|var|source|doc)\\s*\\(.+\\)\\s*$", Pattern.DOTALL);

    private TestArguments() {}

    /**
     * @param start where the arguments begin
     * @param positions where an argument stands
     */
    public static Map<String, Object> evaluate(
            TestInfo test, Globals globals, Position start, Function<String, Position> positions) {
        Map<String, Object> values = new LinkedHashMap<>();
        test.kwargs().forEach((key, value) -> {
            Position position = key.equals("model") ? start : positions.apply(key);
            values.put(key, key.equals("column_name") ? Values.fromJava(value) : evaluate(value, globals, position));
        });
        return values;
    }

    private static Object evaluate(@Nullable Object value, Globals globals, Position position) {
        if (value instanceof String text) {
            return evaluate(text, globals, position);
        }
        if (value instanceof List<?> list) {
            PyList items = new PyList();
            list.forEach(item -> items.add(evaluate(item, globals, position)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            PyDict dict = new PyDict();
            map.forEach((key, item) -> dict.put(Values.fromJava(key), evaluate(item, globals, position)));
            return dict;
        }
        return Values.fromJava(value);
    }

    private static Object evaluate(String text, Globals globals, Position position) {
        Matcher call = CALL.matcher(text);
        boolean isCall = call.matches();
        if (!isCall && text.indexOf('{') < 0) {
            return text;
        }
        // A call is wrapped to become a template, which moves it two columns to the right.
        int shift = isCall ? 2 : 0;
        Globals placed = name -> {
            Object value = globals.lookup(name);
            boolean reference = name.equals("ref") || name.equals("source");
            return reference && value instanceof Callable function ? placed(function, position, shift) : value;
        };
        try {
            Template template = DbtJinja.ENVIRONMENT.compile(isCall ? "{{" + text + "}}" : text, position.file());
            return template.evaluate(placed);
        } catch (JinjaException e) {
            throw new JinjaException(e.kind(), String.valueOf(e.getMessage()), move(e, position, shift), e.getCause());
        }
    }

    /** The function called from where the text really stands, so that a ref has its true place. */
    private static Callable placed(Callable function, Position start, int shift) {
        return call -> function.call(new Call(
                call.positional(),
                call.keywords(),
                call.caller().orElse(null),
                move(call.position().line(), call.position().column(), start, shift),
                call.globals(),
                call.run()));
    }

    private static dev.millrace.jinja.Position move(JinjaException e, Position start, int shift) {
        return move(Math.max(1, e.line()), Math.max(1, e.column()), start, shift);
    }

    private static dev.millrace.jinja.Position move(int line, int column, Position start, int shift) {
        Position moved = start.within(line, line == 1 ? Math.max(1, column - shift) : column);
        return new dev.millrace.jinja.Position(moved.file(), Math.max(1, moved.line()), Math.max(1, moved.column()));
    }
}
