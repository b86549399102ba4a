package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.FormatSpec;
import dev.millrace.jinja.internal.value.Ordered;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code time}. */
record ClockTime(LocalTime value) implements JinjaObject, Ordered, FormatSpec.Formattable {
    private static final Map<String, Method> METHODS = new MethodTable<>(ClockTime.class)
            .add("isoformat", "timespec='auto'", (self, a) -> iso(self.value, a.string(0)))
            .add("strftime", "format", (self, a) -> self.format(a.string(0)))
            .add(
                    "replace",
                    "hour=None, minute=None, second=None, microsecond=None",
                    (self, a) -> new ClockTime(of(
                            a.isNone(0) ? self.value.getHour() : a.integer(0),
                            a.isNone(1) ? self.value.getMinute() : a.integer(1),
                            a.isNone(2) ? self.value.getSecond() : a.integer(2),
                            a.isNone(3) ? self.value.getNano() / 1000 : a.integer(3))))
            .build();

    /** A time, or the ValueError Python raises. */
    static LocalTime of(int hour, int minute, int second, int micro) {
        check(hour, 23, "hour");
        check(minute, 59, "minute");
        check(second, 59, "second");
        check(micro, 999_999, "microsecond");
        return LocalTime.of(hour, minute, second, micro * 1000);
    }

    private static void check(int value, int last, String name) {
        if (value < 0 || value > last) {
            throw JinjaException.value(name + " must be in 0.." + last);
        }
    }

    static String iso(LocalTime time, String precision) {
        int micros = time.getNano() / 1000;
        String minutes = String.format("%02d:%02d", time.getHour(), time.getMinute());
        String seconds = minutes + String.format(":%02d", time.getSecond());
        return switch (precision) {
            case "auto" -> micros == 0 ? seconds : seconds + String.format(".%06d", micros);
            case "hours" -> minutes.substring(0, 2);
            case "minutes" -> minutes;
            case "seconds" -> seconds;
            case "milliseconds" -> seconds + String.format(".%03d", micros / 1000);
            case "microseconds" -> seconds + String.format(".%06d", micros);
            default -> throw JinjaException.value("Unknown timespec value");
        };
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "hour" -> (long) value.getHour();
            case "minute" -> (long) value.getMinute();
            case "second" -> (long) value.getSecond();
            case "microsecond" -> value.getNano() / 1000L;
            case "tzinfo" -> None.NONE;
            default -> {
                Method method = METHODS.get(name);
                yield method == null ? missing(name) : new BoundMethod(this, name, method);
            }
        };
    }

    @Override
    public @Nullable Integer compareWith(Object other) {
        return other instanceof ClockTime time ? (Integer) value.compareTo(time.value) : null;
    }

    @Override
    public @Nullable Object operate(String operator, Object other, boolean reflected) {
        return null;
    }

    @Override
    public String format(String spec) {
        return new Strftime(value.atDate(LocalDate.of(1900, 1, 1)), null).format(spec);
    }

    @Override
    public String typeName() {
        return "datetime.time";
    }

    @Override
    public String display() {
        return iso(value, "auto");
    }

    @Override
    public String representation() {
        int micros = value.getNano() / 1000;
        String tail = micros != 0
                ? ", " + value.getSecond() + ", " + micros
                : value.getSecond() != 0 ? ", " + value.getSecond() : "";
        return "datetime.time(" + value.getHour() + ", " + value.getMinute() + tail + ")";
    }
}
