package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of int, float and Decimal that make sense in templates. */
final class NumberMethods {
    private static final Map<String, Method> ALL = new MethodTable<>(Object.class)
            .add("is_integer", "", (self, a) -> !(self instanceof Double number) || number == Math.rint(number))
            .add("bit_length", "", (self, a) -> (long) Numbers.big(self).abs().bitLength())
            .add("conjugate", "", (self, a) -> self)
            .add("as_integer_ratio", "", (self, a) -> ratio(self))
            .add("to_eng_string", "", (self, a) -> ((BigDecimal) self).toEngineeringString())
            .add("normalize", "", (self, a) -> ((BigDecimal) self).stripTrailingZeros())
            .build();

    private NumberMethods() {}

    static @Nullable Method find(Object self, String name) {
        boolean fits = switch (name) {
            case "bit_length" -> Numbers.isInteger(self);
            case "to_eng_string", "normalize" -> self instanceof BigDecimal;
            default -> true;
        };
        return fits ? ALL.get(name) : null;
    }

    private static PyTuple ratio(Object self) {
        if (Numbers.isInteger(self)) {
            return PyTuple.of(self, 1L);
        }
        BigDecimal exact = self instanceof BigDecimal decimal ? decimal : new BigDecimal((Double) self);
        BigInteger numerator = exact.unscaledValue();
        BigInteger denominator = BigInteger.ONE;
        if (exact.scale() > 0) {
            denominator = BigInteger.TEN.pow(exact.scale());
        } else {
            numerator = numerator.multiply(BigInteger.TEN.pow(-exact.scale()));
        }
        BigInteger divisor = numerator.gcd(denominator);
        return PyTuple.of(Numbers.normal(numerator.divide(divisor)), Numbers.normal(denominator.divide(divisor)));
    }
}
