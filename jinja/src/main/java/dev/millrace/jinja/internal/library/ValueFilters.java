package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Arithmetic;
import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.DictView;
import dev.millrace.jinja.internal.value.FloatText;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Json;
import dev.millrace.jinja.internal.value.Lazy;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Truth;
import dev.millrace.jinja.internal.value.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Collections;

/** Filters on single values: defaults, numbers, conversions, dicts. */
final class ValueFilters {
    private ValueFilters() {}

    static void addTo(Filters filters) {
        filters.add("default", "value, default_value='', boolean=False", ValueFilters::defaulted)
                .alias("d", "default")
                .add("abs", "value", a -> absolute(a.get(0)))
                .add("int", "value, default=0, base=10", ValueFilters::integer)
                .add("float", "value, default=0.0", ValueFilters::real)
                .add("round", "value, precision=0, method='common'", ValueFilters::round)
                .add("string", "value", a -> Repr.str(a.get(0)))
                .add("list", "value", a -> Iteration.list(a.get(0)))
                .add("length", "value", a -> Iteration.length(a.get(0)))
                .alias("count", "length")
                .add("attr", "value, name", ValueFilters::attribute)
                .add("items", "value", a -> items(a.get(0)))
                .add("dictsort", "value, case_sensitive=False, by='key', reverse=False", ValueFilters::dictSort)
                .add("tojson", "value, indent=None", ValueFilters::toJson)
                .add("pprint", "value", a -> Repr.repr(a.get(0)))
                .add("filesizeformat", "value, binary=False", ValueFilters::fileSize)
                .add("as_text", "value", a -> a.get(0))
                .add("as_bool", "value", a -> NativeText.bool(a.get(0), a.call()))
                .add("as_number", "value", a -> NativeText.number(a.get(0), a.call()))
                .add("as_native", "value", a -> NativeText.any(a.get(0), a.call()));
    }

    private static Object defaulted(Arguments a) {
        Object value = a.get(0);
        boolean absent = value instanceof Undefined || (a.truth(2) && !Truth.of(value));
        return absent ? a.get(1) : value;
    }

    private static Object absolute(Object value) {
        if (!Numbers.isNumber(value)) {
            if (value instanceof Undefined undefined) {
                throw undefined.error();
            }
            throw JinjaException.type("bad operand type for abs(): '" + Types.name(value) + "'");
        }
        return Compare.test("<", value, 0L) ? Arithmetic.negate(value) : Arithmetic.plus(value);
    }

    private static Object integer(Arguments a) {
        Object value = a.get(0);
        try {
            if (value instanceof String text) {
                try {
                    return Numbers.parseInt(text, a.integer(2));
                } catch (JinjaException notWhole) {
                    return truncate(new BigDecimal(Numbers.parseFloat(text)));
                }
            } else if (value instanceof Double number && Double.isFinite(number)) {
                return truncate(new BigDecimal(number));
            } else if (value instanceof BigDecimal number) {
                return truncate(number);
            } else if (Numbers.isInteger(value)) {
                return Numbers.normal(Numbers.big(value));
            }
        } catch (JinjaException | NumberFormatException notNumeric) {
            return a.get(1);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        return a.get(1);
    }

    private static Object truncate(BigDecimal value) {
        return Numbers.normal(value.toBigInteger());
    }

    private static Object real(Arguments a) {
        Object value = a.get(0);
        if (Numbers.isNumber(value)) {
            return Numbers.toDouble(value);
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        try {
            return value instanceof String text ? (Object) Numbers.parseFloat(text) : a.get(1);
        } catch (JinjaException notNumeric) {
            return a.get(1);
        }
    }

    private static Object round(Arguments a) {
        Object value = a.get(0);
        RoundingMode mode = switch (a.string(2)) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            default ->
                throw new JinjaException(JinjaException.Kind.FILTER_ARGUMENT, "method must be common, ceil or floor");
        };
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        } else if (!Numbers.isNumber(value)) {
            throw JinjaException.type("type " + Types.name(value) + " doesn't define __round__ method");
        }
        int precision = a.integer(1);
        if (mode != RoundingMode.HALF_EVEN) {
            double factor = Math.pow(10, precision);
            double scaled = Numbers.toDouble(value) * factor;
            return (mode == RoundingMode.CEILING ? Math.ceil(scaled) : Math.floor(scaled)) / factor;
        }
        return rounded(value, precision);
    }

    private static Object rounded(Object value, int precision) {
        if (value instanceof Double number) {
            boolean exact = !Double.isFinite(number) || precision > 300;
            return exact
                    ? number
                    : new BigDecimal(number)
                            .setScale(precision, RoundingMode.HALF_EVEN)
                            .doubleValue();
        } else if (value instanceof BigDecimal number) {
            return number.setScale(precision, RoundingMode.HALF_EVEN);
        }
        BigInteger whole = Numbers.big(value);
        return Numbers.normal(
                precision >= 0
                        ? whole
                        : new BigDecimal(whole)
                                .setScale(precision, RoundingMode.HALF_EVEN)
                                .toBigInteger());
    }

    private static Object attribute(Arguments a) {
        Object value = a.get(0);
        if (value instanceof PyDict) {
            Method method = Methods.find(value, Repr.str(a.get(1)));
            return method == null
                    ? Undefined.missing(value, a.get(1))
                    : new BoundMethod(value, Repr.str(a.get(1)), method);
        }
        return Access.attribute(value, Repr.str(a.get(1)));
    }

    private static Object items(Object value) {
        if (value instanceof Undefined) {
            return new Lazy("generator", Collections.emptyIterator());
        } else if (value instanceof PyDict dict) {
            return new Lazy("generator", Iteration.of(DictView.items(dict)));
        }
        throw JinjaException.type("Can only get item pairs from a mapping.");
    }

    private static Object dictSort(Arguments a) {
        if (!(a.get(0) instanceof PyDict dict)) {
            throw a.get(0) instanceof Undefined undefined
                    ? undefined.error()
                    : JinjaException.type("dictsort needs a mapping, not " + Types.name(a.get(0)));
        }
        int position = switch (Repr.str(a.get(2))) {
            case "key" -> 0;
            case "value" -> 1;
            default ->
                throw new JinjaException(
                        JinjaException.Kind.FILTER_ARGUMENT, "You can only sort by either \"key\" or \"value\"");
        };
        boolean caseSensitive = a.truth(1);
        var pairs = Iteration.list(DictView.items(dict));
        Sorting.sort(pairs, pair -> Paths.folded(((PyTuple) pair).get(position), caseSensitive), a.truth(3));
        return pairs;
    }

    private static Object toJson(Arguments a) {
        String json = Json.dumps(a.get(0), true, a.isNone(1) ? -1 : a.integer(1));
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("'", "\\u0027");
    }

    private static double bytes(Object value) {
        if (value instanceof String text) {
            return Numbers.parseFloat(text);
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        } else if (!Numbers.isNumber(value)) {
            throw JinjaException.type(
                    "float() argument must be a string or a real number, not '" + Types.name(value) + "'");
        }
        return Numbers.toDouble(value);
    }

    private static Object fileSize(Arguments a) {
        double bytes = bytes(a.get(0));
        double base = a.truth(1) ? 1024 : 1000;
        String[] units = a.truth(1)
                ? new String[] {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"}
                : new String[] {"kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
        if (bytes == 1) {
            return "1 Byte";
        } else if (bytes < base) {
            return (long) bytes + " Bytes";
        }
        double unit = base;
        for (int i = 0; i < units.length; i++) {
            unit *= base;
            if (!Double.isFinite(bytes)) {
                return FloatText.of(base * bytes) + " " + units[units.length - 1];
            } else if (bytes < unit || i == units.length - 1) {
                return new BigDecimal(base * bytes / unit).setScale(1, RoundingMode.HALF_EVEN) + " " + units[i];
            }
        }
        return None.NONE;
    }
}
