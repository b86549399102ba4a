package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import dev.millrace.jinja.internal.value.FormatSpec;
import dev.millrace.jinja.internal.value.Ordered;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code datetime}, naive when it has no zone. */
record Moment(LocalDateTime local, @Nullable Zone zone) implements JinjaObject, Ordered, FormatSpec.Formattable {
    private static final Map<String, Method> METHODS = new MethodTable<>(Moment.class)
            .add("isoformat", "sep='T', timespec='auto'", (self, a) -> self.iso(a.string(0), a.string(1)))
            .add("strftime", "format", (self, a) -> self.format(a.string(0)))
            .add("date", "", (self, a) -> new Day(self.local.toLocalDate()))
            .add("time", "", (self, a) -> new ClockTime(self.local.toLocalTime()))
            .add("timetz", "", (self, a) -> new ClockTime(self.local.toLocalTime()))
            .add("weekday", "", (self, a) -> self.local.getDayOfWeek().getValue() - 1L)
            .add("isoweekday", "", (self, a) -> (long) self.local.getDayOfWeek().getValue())
            .add("isocalendar", "", (self, a) -> Day.isoCalendar(self.local.toLocalDate()))
            .add("toordinal", "", (self, a) -> self.local.toLocalDate().toEpochDay() + 719_163L)
            .add("timestamp", "", (self, a) -> self.timestamp())
            .add("astimezone", "tz=None", Moment::asTimezone)
            .add("utcoffset", "", (self, a) -> self.zone == null ? None.NONE : Zone.delta(self.zone.offset(self.local)))
            .add("tzname", "", (self, a) -> self.zone == null ? None.NONE : self.zone.name(self.local))
            .add(
                    "replace",
                    "year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=...",
                    Moment::replace)
            .build();

    static Moment of(Instant instant, @Nullable Zone zone) {
        ZoneId id = zone == null ? ZoneId.systemDefault() : zone.id();
        return new Moment(LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MICROS), id), zone);
    }

    /** This wall time, said to be in {@code newZone}. */
    Moment in(@Nullable Zone newZone) {
        return new Moment(local, newZone);
    }

    /** The same instant in another zone. */
    Moment to(Zone other) {
        return of(instant(), other);
    }

    private Instant instant() {
        return local.toInstant(zone == null ? ZoneId.systemDefault().getRules().getOffset(local) : zone.offset(local));
    }

    private double timestamp() {
        Instant instant = instant();
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private static Object asTimezone(Moment self, Arguments a) {
        if (a.get(0) instanceof Zone target) {
            return self.to(target);
        } else if (a.isNone(0)) {
            ZoneId here = ZoneId.systemDefault();
            return self.to(new Zone(here, here.getId()));
        }
        throw JinjaException.type("tz argument must be an instance of tzinfo");
    }

    private static Object replace(Moment self, Arguments a) {
        LocalDateTime now = self.local;
        LocalDateTime changed = LocalDateTime.of(
                Day.replaced(now.toLocalDate(), a),
                ClockTime.of(
                        a.isNone(3) ? now.getHour() : a.integer(3),
                        a.isNone(4) ? now.getMinute() : a.integer(4),
                        a.isNone(5) ? now.getSecond() : a.integer(5),
                        a.isNone(6) ? now.getNano() / 1000 : a.integer(6)));
        return new Moment(changed, a.isMissing(7) ? self.zone : a.get(7) instanceof Zone zone ? zone : null);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "year" -> (long) local.getYear();
            case "month" -> (long) local.getMonthValue();
            case "day" -> (long) local.getDayOfMonth();
            case "hour" -> (long) local.getHour();
            case "minute" -> (long) local.getMinute();
            case "second" -> (long) local.getSecond();
            case "microsecond" -> local.getNano() / 1000L;
            case "tzinfo" -> zone == null ? None.NONE : zone;
            default -> {
                Method method = METHODS.get(name);
                yield method == null ? missing(name) : new BoundMethod(this, name, method);
            }
        };
    }

    @Override
    public @Nullable Integer compareWith(Object other) {
        if (!(other instanceof Moment moment)) {
            return null;
        }
        requireSameKind(moment, "can't compare offset-naive and offset-aware datetimes");
        return zone == null ? local.compareTo(moment.local) : instant().compareTo(moment.instant());
    }

    private void requireSameKind(Moment other, String message) {
        if ((zone == null) != (other.zone == null)) {
            throw JinjaException.type(message);
        }
    }

    @Override
    public @Nullable Object operate(String operator, Object other, boolean reflected) {
        if (other instanceof Delta delta && (operator.equals("+") || (operator.equals("-") && !reflected))) {
            long micros = operator.equals("+") ? delta.micros() : -delta.micros();
            LocalDateTime moved = local.plus(micros, ChronoUnit.MICROS);
            Day.checked(moved.toLocalDate());
            return new Moment(moved, zone);
        } else if (other instanceof Moment moment && operator.equals("-")) {
            requireSameKind(moment, "can't subtract offset-naive and offset-aware datetimes");
            long micros = zone == null
                    ? ChronoUnit.MICROS.between(moment.local, local)
                    : ChronoUnit.MICROS.between(moment.instant(), instant());
            return new Delta(reflected ? -micros : micros);
        }
        return null;
    }

    private String iso(String separator, String precision) {
        String offset = zone == null ? "" : Strftime.offset(zone.offset(local), ":");
        return local.toLocalDate() + separator + ClockTime.iso(local.toLocalTime(), precision) + offset;
    }

    @Override
    public String format(String spec) {
        return new Strftime(local, zone).format(spec);
    }

    @Override
    public String typeName() {
        return "datetime.datetime";
    }

    @Override
    public String display() {
        return iso(" ", "auto");
    }

    @Override
    public String representation() {
        int micros = local.getNano() / 1000;
        String seconds = micros != 0
                ? ", " + local.getSecond() + ", " + micros
                : local.getSecond() != 0 ? ", " + local.getSecond() : "";
        return "datetime.datetime(" + local.getYear() + ", " + local.getMonthValue() + ", " + local.getDayOfMonth()
                + ", " + local.getHour() + ", " + local.getMinute() + seconds
                + (zone == null ? "" : ", tzinfo=" + zone.representation()) + ")";
    }
}
