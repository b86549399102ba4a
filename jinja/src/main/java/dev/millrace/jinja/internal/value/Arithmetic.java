package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's binary and unary operators. */
public final class Arithmetic {
    private Arithmetic() {}

    public static Object add(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long sum = a + b;
            return ((a ^ sum) & (b ^ sum)) < 0 ? BigInteger.valueOf(a).add(BigInteger.valueOf(b)) : (Object) sum;
        } else if (left instanceof String a && right instanceof String b) {
            Sizes.checkText((double) a.length() + b.length());
            return a.concat(b);
        } else if (left instanceof PyList a && right instanceof PyList b) {
            PyList sum = new PyList(a);
            sum.addAll(b);
            return sum;
        } else if (left instanceof PyTuple a && right instanceof PyTuple b) {
            PyList sum = new PyList(a);
            sum.addAll(b);
            return PyTuple.copyOf(sum);
        }
        return operate("+", left, right);
    }

    public static Object subtract(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long difference = a - b;
            return ((a ^ b) & (a ^ difference)) < 0
                    ? BigInteger.valueOf(a).subtract(BigInteger.valueOf(b))
                    : (Object) difference;
        } else if (left instanceof PySet a && right instanceof PySet b) {
            PySet difference = new PySet(a);
            b.forEach(difference::remove);
            return difference;
        }
        return operate("-", left, right);
    }

    public static Object multiply(Object left, Object right) {
        if (Numbers.isInteger(left) && isSequence(right)) {
            return repeat(right, left);
        } else if (isSequence(left) && Numbers.isInteger(right)) {
            return repeat(left, right);
        } else if (isSequence(left) && !(right instanceof Undefined)) {
            throw JinjaException.type("can't multiply sequence by non-int of type '" + Types.name(right) + "'");
        }
        return operate("*", left, right);
    }

    public static Object divide(Object left, Object right) {
        return operate("/", left, right);
    }

    public static Object floorDivide(Object left, Object right) {
        return operate("//", left, right);
    }

    public static Object modulo(Object left, Object right) {
        if (left instanceof String format) {
            return PercentFormat.format(format, right);
        }
        return operate("%", left, right);
    }

    public static Object power(Object left, Object right) {
        return operate("**", left, right);
    }

    public static Object negate(Object value) {
        if (value instanceof Long number) {
            return number == Long.MIN_VALUE ? BigInteger.valueOf(number).negate() : (Object) (-number);
        } else if (value instanceof Double number) {
            return -number;
        } else if (value instanceof Boolean truth) {
            return truth ? -1L : 0L;
        } else if (value instanceof BigInteger number) {
            return Numbers.normal(number.negate());
        } else if (value instanceof BigDecimal number) {
            return number.negate();
        } else if (value instanceof Ordered ordered) {
            Object result = ordered.operate("*", -1L, false);
            if (result != null) {
                return result;
            }
        }
        throw unary("-", value);
    }

    public static Object plus(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        } else if (Numbers.isNumber(value) || value instanceof Ordered) {
            return value;
        }
        throw unary("+", value);
    }

    private static JinjaException unary(String operator, Object value) {
        return value instanceof Undefined undefined
                ? undefined.error()
                : JinjaException.type("bad operand type for unary " + operator + ": '" + Types.name(value) + "'");
    }

    private static Object operate(String operator, Object left, Object right) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return NumberArithmetic.operate(operator, left, right);
        } else if (left instanceof Undefined undefined) {
            throw undefined.error();
        } else if (right instanceof Undefined undefined) {
            throw undefined.error();
        }
        @Nullable Object result = left instanceof Ordered ordered ? ordered.operate(operator, right, false) : null;
        if (result == null && right instanceof Ordered ordered) {
            result = ordered.operate(operator, left, true);
        }
        if (result != null) {
            return result;
        }
        throw unsupported(operator, left, right);
    }

    static JinjaException unsupported(String operator, Object left, Object right) {
        if (operator.equals("+") && (left instanceof String || left instanceof PyList || left instanceof PyTuple)) {
            String type = Types.name(left);
            return JinjaException.type(
                    "can only concatenate " + type + " (not \"" + Types.name(right) + "\") to " + type);
        }
        String shown = operator.equals("**") ? "** or pow()" : operator;
        return JinjaException.type("unsupported operand type(s) for " + shown + ": '" + Types.name(left) + "' and '"
                + Types.name(right) + "'");
    }

    private static boolean isSequence(Object value) {
        return value instanceof String || value instanceof PyList || value instanceof PyTuple;
    }

    private static Object repeat(Object sequence, Object times) {
        long count = times instanceof BigInteger big ? (big.signum() < 0 ? 0 : Long.MAX_VALUE) : Numbers.toLong(times);
        if (sequence instanceof String text) {
            return Text.repeat(text, count);
        }
        List<?> elements = (List<?>) sequence;
        Sizes.checkElements(elements.size() * (double) Math.max(count, 0));
        PyList result = new PyList();
        for (long i = 0; i < count && !elements.isEmpty(); i++) {
            result.addAll(elements);
        }
        return sequence instanceof PyTuple ? PyTuple.copyOf(result) : result;
    }

    /** {@code left | right} of dicts and sets, which Jinja has no operator for but methods need. */
    public static PyDict merge(PyDict left, PyDict right) {
        PyDict result = new PyDict(left);
        result.putAll(right);
        return result;
    }
}
