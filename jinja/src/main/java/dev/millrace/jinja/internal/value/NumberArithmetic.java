package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Operators between two numbers: int with int, anything with float, Decimal with int. */
final class NumberArithmetic {
    private static final MathContext DECIMAL = new MathContext(28, RoundingMode.HALF_EVEN);

    private NumberArithmetic() {}

    static Object operate(String operator, Object left, Object right) {
        if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
            return integers(operator, Numbers.big(left), Numbers.big(right));
        } else if (left instanceof BigDecimal || right instanceof BigDecimal) {
            if (left instanceof Double || right instanceof Double) {
                throw Arithmetic.unsupported(operator, left, right);
            }
            return decimals(operator, Numbers.decimal(left), Numbers.decimal(right));
        }
        return floats(operator, Numbers.toDouble(left), Numbers.toDouble(right));
    }

    private static Object integers(String operator, BigInteger left, BigInteger right) {
        return switch (operator) {
            case "+" -> Numbers.normal(left.add(right));
            case "-" -> Numbers.normal(left.subtract(right));
            case "*" -> {
                bits((double) left.bitLength() + right.bitLength());
                yield Numbers.normal(left.multiply(right));
            }
            case "/" -> {
                nonZero(right.signum(), "division by zero");
                yield quotient(left, right);
            }
            case "//" -> {
                nonZero(right.signum(), "integer division or modulo by zero");
                BigInteger[] parts = left.divideAndRemainder(right);
                boolean down = parts[1].signum() != 0 && parts[1].signum() != right.signum();
                yield Numbers.normal(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
            }
            case "%" -> {
                nonZero(right.signum(), "integer modulo by zero");
                BigInteger rest = left.remainder(right);
                yield Numbers.normal(rest.signum() != 0 && rest.signum() != right.signum() ? rest.add(right) : rest);
            }
            default -> power(left, right);
        };
    }

    private static double quotient(BigInteger left, BigInteger right) {
        if (left.bitLength() <= 53 && right.bitLength() <= 53) {
            return (double) left.longValue() / right.longValue();
        }
        double result = new BigDecimal(left)
                .divide(new BigDecimal(right), new MathContext(40))
                .doubleValue();
        if (Double.isInfinite(result)) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "integer division result too large for a float");
        }
        return result;
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return floats("**", Numbers.toDouble(base), Numbers.toDouble(exponent));
        } else if (base.abs().compareTo(BigInteger.ONE) <= 0) {
            boolean odd = exponent.testBit(0);
            return exponent.signum() == 0 ? 1L : Numbers.normal(odd ? base : base.abs());
        }
        bits(base.bitLength() * exponent.doubleValue());
        return Numbers.normal(base.pow(exponent.intValueExact()));
    }

    private static void bits(double count) {
        if (count > Sizes.MAX_BITS) {
            throw JinjaException.limit("number would be too large");
        }
    }

    private static double floats(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> {
                nonZero(right, "float division by zero");
                yield left / right;
            }
            case "//" -> {
                nonZero(right, "float floor division by zero");
                yield Math.floor((left - floatModulo(left, right)) / right + 0.5);
            }
            case "%" -> {
                nonZero(right, "float modulo");
                yield floatModulo(left, right);
            }
            default -> floatPower(left, right);
        };
    }

    private static double floatModulo(double left, double right) {
        double rest = left % right;
        return rest != 0 && rest < 0 != right < 0 ? rest + right : rest == 0 ? Math.copySign(0.0, right) : rest;
    }

    private static double floatPower(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw new JinjaException(JinjaException.Kind.ZERO_DIVISION, "0.0 cannot be raised to a negative power");
        }
        double result = Math.pow(base, exponent);
        if (Double.isInfinite(result) && Double.isFinite(base) && Double.isFinite(exponent)) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "(34, 'Numerical result out of range')");
        }
        return result;
    }

    private static Object decimals(String operator, BigDecimal left, BigDecimal right) {
        return switch (operator) {
            case "+" -> left.add(right, DECIMAL);
            case "-" -> left.subtract(right, DECIMAL);
            case "*" -> left.multiply(right, DECIMAL);
            case "/" -> {
                nonZero(right.signum(), "division by zero");
                BigDecimal result = left.divide(right, DECIMAL);
                BigDecimal plain = result.stripTrailingZeros();
                int wanted = Math.max(left.scale() - right.scale(), plain.scale());
                yield wanted < result.scale() ? result.setScale(wanted, RoundingMode.UNNECESSARY) : result;
            }
            case "//" -> {
                nonZero(right.signum(), "division by zero");
                yield left.divideToIntegralValue(right, DECIMAL).setScale(0, RoundingMode.DOWN);
            }
            case "%" -> {
                nonZero(right.signum(), "division by zero");
                yield left.remainder(right, DECIMAL);
            }
            default -> {
                bits(left.precision() * Math.abs(right.doubleValue()));
                yield left.pow(right.intValue(), DECIMAL);
            }
        };
    }

    private static void nonZero(double divisor, String message) {
        if (divisor == 0) {
            throw new JinjaException(JinjaException.Kind.ZERO_DIVISION, message);
        }
    }
}
