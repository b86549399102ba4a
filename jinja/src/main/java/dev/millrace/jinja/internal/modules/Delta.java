package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Ordered;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code timedelta}, in microseconds. */
record Delta(long micros) implements JinjaObject, Ordered {
    static final String SIGNATURE = "days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0";
    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400L * SECOND;
    private static final long[] UNITS = {DAY, SECOND, 1, 1000, 60 * SECOND, 3600 * SECOND, 7 * DAY};
    private static final Map<String, Method> METHODS = new MethodTable<>(Delta.class)
            .add("total_seconds", "", (self, a) -> (double) self.micros / SECOND)
            .build();

    static Delta of(Arguments a) {
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            Object part = a.get(i);
            if (!Numbers.isNumber(part)) {
                throw JinjaException.type("unsupported type for timedelta component: " + Values.typeName(part));
            }
            BigDecimal count = part instanceof Double number
                    ? new BigDecimal(number)
                    : new BigDecimal(part instanceof BigDecimal decimal ? decimal.toBigInteger() : Numbers.big(part));
            total = total.add(count.multiply(BigDecimal.valueOf(UNITS[i])));
        }
        return of(total);
    }

    private static Delta of(BigDecimal micros) {
        try {
            return new Delta(micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        } catch (ArithmeticException e) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "timedelta is out of range", null, e);
        }
    }

    long days() {
        return Math.floorDiv(micros, DAY);
    }

    long seconds() {
        return Math.floorMod(micros, DAY) / SECOND;
    }

    long microseconds() {
        return Math.floorMod(micros, SECOND);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "days" -> days();
            case "seconds" -> seconds();
            case "microseconds" -> microseconds();
            default -> {
                Method method = METHODS.get(name);
                yield method == null ? missing(name) : new BoundMethod(this, name, method);
            }
        };
    }

    @Override
    public boolean truth() {
        return micros != 0;
    }

    @Override
    public @Nullable Integer compareWith(Object other) {
        return other instanceof Delta delta ? (Integer) Long.compare(micros, delta.micros) : null;
    }

    @Override
    public @Nullable Object operate(String operator, Object other, boolean reflected) {
        if (other instanceof Delta delta) {
            return between(operator, reflected ? delta : this, reflected ? this : delta);
        } else if (!Numbers.isNumber(other) || (reflected && !operator.equals("*"))) {
            return null;
        }
        BigDecimal factor =
                other instanceof Double number ? new BigDecimal(number) : new BigDecimal(Numbers.big(other));
        BigDecimal mine = BigDecimal.valueOf(micros);
        return switch (operator) {
            case "*" -> of(mine.multiply(factor));
            case "/" -> of(mine.divide(nonZero(factor), 3, RoundingMode.HALF_EVEN));
            case "//" -> of(mine.divide(nonZero(factor), 0, RoundingMode.FLOOR));
            default -> null;
        };
    }

    private static @Nullable Object between(String operator, Delta left, Delta right) {
        return switch (operator) {
            case "+" -> new Delta(left.micros + right.micros);
            case "-" -> new Delta(left.micros - right.micros);
            case "/" -> left.micros / nonZero(BigDecimal.valueOf(right.micros)).doubleValue();
            case "//" ->
                Math.floorDiv(
                        left.micros, nonZero(BigDecimal.valueOf(right.micros)).longValue());
            case "%" ->
                new Delta(Math.floorMod(
                        left.micros, nonZero(BigDecimal.valueOf(right.micros)).longValue()));
            default -> null;
        };
    }

    private static BigDecimal nonZero(BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw new JinjaException(JinjaException.Kind.ZERO_DIVISION, "division by zero");
        }
        return divisor;
    }

    @Override
    public String typeName() {
        return "datetime.timedelta";
    }

    @Override
    public String display() {
        String days = days() == 0 ? "" : days() + (Math.abs(days()) == 1 ? " day, " : " days, ");
        String clock = String.format("%d:%02d:%02d", seconds() / 3600, seconds() / 60 % 60, seconds() % 60);
        return days + clock + (microseconds() == 0 ? "" : String.format(".%06d", microseconds()));
    }

    @Override
    public String representation() {
        List<String> parts = new ArrayList<>();
        if (days() != 0) {
            parts.add("days=" + days());
        }
        if (seconds() != 0) {
            parts.add("seconds=" + seconds());
        }
        if (microseconds() != 0) {
            parts.add("microseconds=" + microseconds());
        }
        return "datetime.timedelta(" + (parts.isEmpty() ? "0" : String.join(", ", parts)) + ")";
    }
}
