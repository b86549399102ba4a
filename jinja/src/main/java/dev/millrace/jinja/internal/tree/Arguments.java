package dev.millrace.jinja.internal.tree;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments written at a call, a filter or a test.
 *
 * @param rest the expression after {@code *}
 * @param keywordRest the expression after {@code **}
 */
public record Arguments(
        List<Expr> positional,
        Map<String, Expr> keywords,
        @Nullable Expr rest,
        @Nullable Expr keywordRest) {
    /** No arguments at all. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of(), null, null);

    boolean isEmpty() {
        return positional.isEmpty() && keywords.isEmpty() && rest == null && keywordRest == null;
    }

    /** Evaluates the arguments in order; {@code first} goes before them when it is not null. */
    Call evaluate(Frame frame, @Nullable Object first, @Nullable Callable caller, Position position) {
        return new Call(positional(frame, first), keywords(frame), caller, position, frame.globals, frame.run);
    }

    private List<Object> positional(Frame frame, @Nullable Object first) {
        int offset = first == null ? 0 : 1;
        int count = positional.size();
        if (count + offset == 0 && rest == null) {
            return List.of();
        }
        Object[] values = new Object[count + offset];
        if (first != null) {
            values[0] = first;
        }
        for (int i = 0; i < count; i++) {
            values[i + offset] = positional.get(i).eval(frame);
        }
        List<Object> list = Arrays.asList(values);
        if (rest != null) {
            list = new ArrayList<>(list);
            list.addAll(Iteration.list(rest.eval(frame)));
        }
        return list;
    }

    private Map<String, Object> keywords(Frame frame) {
        if (keywords.isEmpty() && keywordRest == null) {
            return Map.of();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Expr> keyword : keywords.entrySet()) {
            values.put(keyword.getKey(), keyword.getValue().eval(frame));
        }
        if (keywordRest != null) {
            spread(keywordRest.eval(frame), values);
        }
        return values;
    }

    private static void spread(Object value, Map<String, Object> into) {
        if (!(value instanceof PyDict dict)) {
            throw JinjaException.type("argument after ** must be a mapping, not " + Types.name(value));
        }
        for (PyDict.Entry entry : dict.entries()) {
            if (!(entry.key() instanceof String name)) {
                throw JinjaException.type("keywords must be strings");
            }
            if (into.put(name, entry.value()) != null) {
                throw JinjaException.type("got multiple values for keyword argument '" + name + "'");
            }
        }
    }

    /** The literal positional arguments, or null when one is no literal. */
    public @Nullable List<Object> literalPositional() {
        List<Object> values = new ArrayList<>();
        for (Expr expression : positional) {
            Object value = expression.literal();
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return rest == null ? PyTuple.copyOf(values) : null;
    }

    /** The literal keyword arguments, or null when one is no literal. */
    public @Nullable Map<String, Object> literalKeywords() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Expr> keyword : keywords.entrySet()) {
            Object value = keyword.getValue().literal();
            if (value == null) {
                return null;
            }
            values.put(keyword.getKey(), value);
        }
        return keywordRest == null ? values : null;
    }
}
