package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.FormatSpec;
import dev.millrace.jinja.internal.value.Ordered;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code date}. */
record Day(LocalDate value) implements JinjaObject, Ordered, FormatSpec.Formattable {
    private static final long ORDINAL_OF_EPOCH = 719_163L;
    private static final Map<String, Method> METHODS = new MethodTable<>(Day.class)
            .add("isoformat", "", (self, a) -> self.display())
            .add("strftime", "format", (self, a) -> self.format(a.string(0)))
            .add("weekday", "", (self, a) -> self.value.getDayOfWeek().getValue() - 1L)
            .add("isoweekday", "", (self, a) -> (long) self.value.getDayOfWeek().getValue())
            .add("isocalendar", "", (self, a) -> isoCalendar(self.value))
            .add("toordinal", "", (self, a) -> self.value.toEpochDay() + ORDINAL_OF_EPOCH)
            .add("timetuple", "", (self, a) -> timeTuple(self))
            .add("replace", "year=None, month=None, day=None", Day::replace)
            .build();

    static Day of(long year, long month, long day) {
        return new Day(date(year, month, day));
    }

    /** A date, or the ValueError Python raises. */
    static LocalDate date(long year, long month, long day) {
        if (year < 1 || year > 9999) {
            throw JinjaException.value("year " + year + " is out of range");
        } else if (month < 1 || month > 12) {
            throw JinjaException.value("month must be in 1..12");
        }
        try {
            return LocalDate.of((int) year, (int) month, (int) day);
        } catch (DateTimeException e) {
            throw new JinjaException(JinjaException.Kind.VALUE, "day is out of range for month", null, e);
        }
    }

    static Day ofOrdinal(long ordinal) {
        return new Day(LocalDate.ofEpochDay(ordinal - ORDINAL_OF_EPOCH));
    }

    static Day parse(String text) {
        try {
            return new Day(LocalDate.parse(
                    text.length() == 8
                            ? text.substring(0, 4) + "-" + text.substring(4, 6) + "-" + text.substring(6)
                            : text));
        } catch (DateTimeException e) {
            throw new JinjaException(JinjaException.Kind.VALUE, "Invalid isoformat string: '" + text + "'", null, e);
        }
    }

    static PyTuple isoCalendar(LocalDate date) {
        return PyTuple.of(
                (long) date.get(IsoFields.WEEK_BASED_YEAR), (long) date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), (long)
                        date.getDayOfWeek().getValue());
    }

    private static PyTuple timeTuple(Day day) {
        LocalDate date = day.value;
        return PyTuple.of(
                (long) date.getYear(),
                (long) date.getMonthValue(),
                (long) date.getDayOfMonth(),
                0L,
                0L,
                0L,
                date.getDayOfWeek().getValue() - 1L,
                (long) date.getDayOfYear(),
                -1L);
    }

    private static Object replace(Day self, Arguments a) {
        return new Day(replaced(self.value, a));
    }

    static LocalDate replaced(LocalDate date, Arguments a) {
        return date(
                a.isNone(0) ? date.getYear() : a.integer(0),
                a.isNone(1) ? date.getMonthValue() : a.integer(1),
                a.isNone(2) ? date.getDayOfMonth() : a.integer(2));
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "year" -> (long) value.getYear();
            case "month" -> (long) value.getMonthValue();
            case "day" -> (long) value.getDayOfMonth();
            default -> {
                Method method = METHODS.get(name);
                yield method == null ? missing(name) : new BoundMethod(this, name, method);
            }
        };
    }

    @Override
    public @Nullable Integer compareWith(Object other) {
        return other instanceof Day day ? (Integer) value.compareTo(day.value) : null;
    }

    @Override
    public @Nullable Object operate(String operator, Object other, boolean reflected) {
        if (other instanceof Delta delta && (operator.equals("+") || (operator.equals("-") && !reflected))) {
            return new Day(checked(value.plusDays(operator.equals("+") ? delta.days() : -delta.days())));
        } else if (other instanceof Day day && operator.equals("-")) {
            long days = ChronoUnit.DAYS.between(day.value, value);
            return new Delta((reflected ? -days : days) * 86_400_000_000L);
        }
        return null;
    }

    static LocalDate checked(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "date value out of range");
        }
        return date;
    }

    @Override
    public String format(String spec) {
        return new Strftime(value.atStartOfDay(), null).format(spec);
    }

    @Override
    public String typeName() {
        return "datetime.date";
    }

    @Override
    public String display() {
        return value.toString();
    }

    @Override
    public String representation() {
        return "datetime.date(" + value.getYear() + ", " + value.getMonthValue() + ", " + value.getDayOfMonth() + ")";
    }
}
