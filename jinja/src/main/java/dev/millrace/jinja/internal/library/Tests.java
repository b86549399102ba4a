package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Arithmetic;
import dev.millrace.jinja.internal.value.Compare;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Repr;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Jinja's tests (jinja.palletsprojects.com/en/stable/templates/#builtin-tests). */
final class Tests {
    private final Map<String, Callable> all = new HashMap<>();

    private Tests() {}

    static Map<String, Callable> all() {
        Tests tests = new Tests();
        tests.kinds();
        tests.comparisons();
        tests.one(
                "odd",
                value -> remainder(value, 2L).equals(1L) || remainder(value, 2L).equals(1.0));
        tests.one("even", value -> Compare.equal(remainder(value, 2L), 0L));
        tests.add("divisibleby", "value, num", a -> Compare.equal(remainder(a.get(0), a.get(1)), 0L));
        tests.one("lower", value -> hasOnly(Repr.str(value), Character::isLowerCase, Character::isUpperCase));
        tests.one("upper", value -> hasOnly(Repr.str(value), Character::isUpperCase, Character::isLowerCase));
        tests.one("escaped", value -> false);
        tests.add("filter", "value", a -> a.call().run().library().filters().containsKey(Repr.str(a.get(0))));
        tests.add("test", "value", a -> a.call().run().library().tests().containsKey(Repr.str(a.get(0))));
        return Map.copyOf(tests.all);
    }

    private void add(String name, String signature, Function<Arguments, Object> body) {
        all.put(name, Functions.of(name, signature, body));
    }

    private void one(String name, Predicate<Object> test) {
        add(name, "value", a -> test.test(a.get(0)));
    }

    private void two(BiPredicate<Object, Object> test, String... names) {
        for (String name : names) {
            add(name, "value, other", a -> test.test(a.get(0), a.get(1)));
        }
    }

    private void kinds() {
        one("defined", value -> !(value instanceof Undefined));
        one("undefined", value -> value instanceof Undefined);
        one("none", value -> value == None.NONE);
        one("boolean", value -> value instanceof Boolean);
        one("true", value -> value == Boolean.TRUE || Boolean.TRUE.equals(value));
        one("false", value -> Boolean.FALSE.equals(value));
        one("integer", value -> Numbers.isInteger(value) && !(value instanceof Boolean));
        one("float", value -> value instanceof Double);
        one("number", Numbers::isNumber);
        one("string", value -> value instanceof String);
        one("mapping", value -> value instanceof PyDict);
        one("iterable", Iteration::isIterable);
        one("sequence", Tests::isSequence);
        one("callable", value -> value instanceof Callable || value instanceof Undefined);
    }

    private void comparisons() {
        two(Compare::equal, "eq", "equalto", "==");
        two((a, b) -> !Compare.equal(a, b), "ne", "!=");
        two((a, b) -> Compare.test("<", a, b), "lt", "lessthan", "<");
        two((a, b) -> Compare.test("<=", a, b), "le", "<=");
        two((a, b) -> Compare.test(">", a, b), "gt", "greaterthan", ">");
        two((a, b) -> Compare.test(">=", a, b), "ge", ">=");
        two((element, container) -> Compare.contains(container, element), "in");
        two(Tests::same, "sameas");
    }

    /** Identity; immutable values are the same object when they are equal and of one type. */
    private static boolean same(Object left, Object right) {
        boolean value = left instanceof String || left instanceof Boolean || left instanceof Long;
        return left == right || (value && left.equals(right));
    }

    private static boolean isSequence(Object value) {
        return value instanceof String
                || value instanceof List<?>
                || value instanceof PyDict
                || value instanceof Undefined
                || (value instanceof JinjaObject object && object.size().isPresent());
    }

    private static Object remainder(Object value, Object divisor) {
        if (value instanceof String) {
            throw JinjaException.type("not all arguments converted during string formatting");
        }
        Object rest = Arithmetic.modulo(value, divisor);
        return rest instanceof BigDecimal decimal ? (Object) decimal.doubleValue() : rest;
    }

    private static boolean hasOnly(String text, IntPredicate wanted, IntPredicate other) {
        return text.codePoints().anyMatch(wanted) && text.codePoints().noneMatch(other);
    }
}
