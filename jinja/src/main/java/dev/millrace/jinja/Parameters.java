package dev.millrace.jinja;

import dev.millrace.jinja.internal.value.Literals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Python-like signature that binds a call's arguments to parameters, with Python's errors. Immutable, thread-safe;
 * make it once and keep it.
 */
public final class Parameters {
    /** The value of a parameter that was left out and whose default is written {@code ...}. */
    static final Undefined MISSING = Undefined.because("...", "argument was not given");

    private final String function;
    private final List<String> names;
    private final @Nullable Object[] defaults;
    private final int positionalCount;
    private final boolean takesRest;
    private final boolean takesKeywords;

    private Parameters(
            String function,
            List<String> names,
            @Nullable Object[] defaults,
            int positionalCount,
            boolean takesRest,
            boolean takesKeywords) {
        this.function = function;
        this.names = names;
        this.defaults = defaults;
        this.positionalCount = positionalCount;
        this.takesRest = takesRest;
        this.takesKeywords = takesKeywords;
    }

    /**
     * Reads a signature such as {@code "sql, fetch=True, *args, **kwargs"}. A default is a literal, or {@code ...} for
     * "optional, and the function wants to know"; after {@code *} or {@code *args} parameters are keyword-only.
     */
    public static Parameters of(String function, String signature) {
        List<String> names = new ArrayList<>();
        List<@Nullable Object> defaults = new ArrayList<>();
        int positionalCount = -1;
        boolean takesRest = false;
        boolean takesKeywords = false;
        for (String part : Literals.splitTopLevel(signature)) {
            String text = part.strip();
            if (text.startsWith("**")) {
                takesKeywords = true;
            } else if (text.startsWith("*")) {
                takesRest = text.length() > 1;
                positionalCount = names.size();
            } else if (!text.isEmpty()) {
                int equals = text.indexOf('=');
                names.add(equals < 0 ? text : text.substring(0, equals).strip());
                String literal = equals < 0 ? "" : text.substring(equals + 1).strip();
                defaults.add(equals < 0 ? null : literal.equals("...") ? MISSING : Literals.parse(literal));
            }
        }
        return new Parameters(
                function,
                List.copyOf(names),
                defaults.toArray(),
                positionalCount < 0 ? names.size() : positionalCount,
                takesRest,
                takesKeywords);
    }

    public String function() {
        return function;
    }

    public String name(int index) {
        return names.get(index);
    }

    int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(function + "() has no parameter " + name);
        }
        return index;
    }

    /** Binds a call's arguments, or raises the TypeError Python raises. */
    public Arguments bind(Call call) {
        return bind(call.positional(), call.keywords(), call);
    }

    private Arguments bind(List<Object> positional, Map<String, Object> keywords, Call call) {
        @Nullable Object[] values = new @Nullable Object[names.size()];
        int given = Math.min(positional.size(), positionalCount);
        for (int i = 0; i < given; i++) {
            values[i] = positional.get(i);
        }
        PyTuple rest = PyTuple.EMPTY;
        if (positional.size() > positionalCount) {
            if (!takesRest) {
                throw tooMany(positional.size());
            }
            rest = PyTuple.copyOf(positional.subList(positionalCount, positional.size()));
        }
        PyDict others = takesKeywords ? new PyDict() : EMPTY;
        for (Map.Entry<String, Object> keyword : keywords.entrySet()) {
            int index = names.indexOf(keyword.getKey());
            if (index >= 0) {
                if (values[index] != null) {
                    throw error("got multiple values for argument '" + keyword.getKey() + "'");
                }
                values[index] = keyword.getValue();
            } else if (takesKeywords) {
                others.put(keyword.getKey(), keyword.getValue());
            } else {
                throw error("got an unexpected keyword argument '" + keyword.getKey() + "'");
            }
        }
        return new Arguments(this, complete(values), rest, others, call);
    }

    private static final PyDict EMPTY = new PyDict();

    private Object[] complete(@Nullable Object[] values) {
        Object[] result = new Object[values.length];
        List<String> absent = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i] != null ? values[i] : fresh(defaults[i]);
            if (value == null) {
                absent.add("'" + names.get(i) + "'");
            } else {
                result[i] = value;
            }
        }
        if (!absent.isEmpty()) {
            throw error(missing(absent));
        }
        return result;
    }

    /** Mutable defaults are copied, so that no call sees another's changes. */
    private static @Nullable Object fresh(@Nullable Object value) {
        if (value instanceof PyList list) {
            return new PyList(list);
        }
        return value instanceof PyDict dict ? new PyDict(dict) : value;
    }

    private static String missing(List<String> absent) {
        if (absent.size() == 1) {
            return "missing 1 required positional argument: " + absent.get(0);
        }
        String last = absent.get(absent.size() - 1);
        String head = String.join(", ", absent.subList(0, absent.size() - 1));
        String joined = absent.size() == 2 ? head + " and " + last : head + ", and " + last;
        return "missing " + absent.size() + " required positional arguments: " + joined;
    }

    private JinjaException tooMany(int given) {
        long required = Arrays.stream(defaults, 0, positionalCount)
                .filter(d -> d == null)
                .count();
        String takes =
                required == positionalCount ? "" + positionalCount : "from " + required + " to " + positionalCount;
        String noun =
                positionalCount == 1 && required == 1 ? " positional argument but " : " positional arguments but ";
        return error("takes " + takes + noun + given + (given == 1 ? " was given" : " were given"));
    }

    private JinjaException error(String what) {
        return JinjaException.type(function + "() " + what);
    }
}
