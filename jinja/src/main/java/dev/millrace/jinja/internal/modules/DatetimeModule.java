package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.library.Functional;
import dev.millrace.jinja.internal.value.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's module {@code datetime}. */
final class DatetimeModule {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-?\\d\\d-?\\d\\d)(?:.(\\d\\d)(?::?(\\d\\d)(?::?(\\d\\d)(?:[.,](\\d{1,9}))?)?)?(Z|[+-]\\d\\d:?\\d\\d)?)?");

    private DatetimeModule() {}

    static Map<String, Object> members() {
        return Map.of(
                "datetime", datetime(),
                "date", date(),
                "time",
                        Functional.type(
                                "time",
                                "hour=0, minute=0, second=0, microsecond=0, tzinfo=None",
                                a -> new ClockTime(
                                        ClockTime.of(a.integer(0), a.integer(1), a.integer(2), a.integer(3))),
                                members(
                                        "time",
                                        Map.of(
                                                "min",
                                                new ClockTime(LocalTime.MIN),
                                                "fromisoformat",
                                                Functions.of(
                                                        "fromisoformat",
                                                        "time_string",
                                                        a -> new ClockTime(iso("1900-01-01T" + a.string(0))
                                                                .local()
                                                                .toLocalTime()))))),
                "timedelta",
                        Functional.type(
                                "timedelta",
                                Delta.SIGNATURE,
                                Delta::of,
                                members("timedelta", Map.of("resolution", new Delta(1)))),
                "timezone",
                        Functional.type(
                                "timezone",
                                "offset, name=None",
                                DatetimeModule::timezone,
                                members("timezone", Map.of("utc", Zone.UTC))),
                "tzinfo", Functional.type("tzinfo", "", a -> None.NONE),
                "UTC", Zone.UTC,
                "MINYEAR", 1L,
                "MAXYEAR", 9999L);
    }

    private static Function<String, Object> members(String type, Map<String, Object> members) {
        return name -> {
            Object member = members.get(name);
            return member != null
                    ? member
                    : Undefined.because(name, "type object '" + type + "' has no attribute '" + name + "'");
        };
    }

    private static Callable date() {
        return Functional.type(
                "date",
                "year, month, day",
                a -> Day.of(a.integer(0), a.integer(1), a.integer(2)),
                members(
                        "date",
                        Map.of(
                                "today",
                                        Functions.of(
                                                "today",
                                                "",
                                                a -> new Day(Moment.of(Instant.now(), null)
                                                        .local()
                                                        .toLocalDate())),
                                "fromisoformat",
                                        Functions.of("fromisoformat", "date_string", a -> Day.parse(a.string(0))),
                                "fromordinal", Functions.of("fromordinal", "ordinal", a -> Day.ofOrdinal(a.integer(0))),
                                "fromtimestamp",
                                        Functions.of(
                                                "fromtimestamp",
                                                "timestamp",
                                                a -> new Day(Moment.of(instant(a.get(0)), null)
                                                        .local()
                                                        .toLocalDate())),
                                "min", new Day(LocalDate.of(1, 1, 1)),
                                "max", new Day(LocalDate.of(9999, 12, 31)))));
    }

    private static Callable datetime() {
        return Functional.type(
                "datetime",
                "year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0",
                a -> new Moment(
                        LocalDateTime.of(
                                Day.date(a.integer(0), a.integer(1), a.integer(2)),
                                ClockTime.of(a.integer(3), a.integer(4), a.integer(5), a.integer(6))),
                        zone(a.get(7))),
                members(
                        "datetime",
                        Map.ofEntries(
                                Map.entry(
                                        "now",
                                        Functions.of("now", "tz=None", a -> Moment.of(Instant.now(), zone(a.get(0))))),
                                Map.entry("today", Functions.of("today", "", a -> Moment.of(Instant.now(), null))),
                                Map.entry(
                                        "utcnow",
                                        Functions.of(
                                                "utcnow",
                                                "",
                                                a -> Moment.of(Instant.now(), Zone.UTC)
                                                        .in(null))),
                                Map.entry(
                                        "strptime",
                                        Functions.of(
                                                "strptime",
                                                "date_string, format",
                                                a -> Strptime.parse(a.string(0), a.string(1)))),
                                Map.entry(
                                        "fromisoformat",
                                        Functions.of("fromisoformat", "date_string", a -> iso(a.string(0)))),
                                Map.entry(
                                        "fromordinal",
                                        Functions.of(
                                                "fromordinal",
                                                "ordinal",
                                                a -> new Moment(
                                                        Day.ofOrdinal(a.integer(0))
                                                                .value()
                                                                .atStartOfDay(),
                                                        null))),
                                Map.entry(
                                        "fromtimestamp",
                                        Functions.of(
                                                "fromtimestamp",
                                                "timestamp, tz=None",
                                                a -> Moment.of(instant(a.get(0)), zone(a.get(1))))),
                                Map.entry(
                                        "utcfromtimestamp",
                                        Functions.of(
                                                "utcfromtimestamp",
                                                "timestamp",
                                                a -> Moment.of(instant(a.get(0)), Zone.UTC)
                                                        .in(null))),
                                Map.entry(
                                        "combine",
                                        Functions.of("combine", "date, time, tzinfo=None", DatetimeModule::combine)),
                                Map.entry("min", new Moment(LocalDateTime.of(1, 1, 1, 0, 0), null)),
                                Map.entry(
                                        "max",
                                        new Moment(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000), null)))));
    }

    private static @Nullable Zone zone(Object value) {
        if (value instanceof Zone zone) {
            return zone;
        } else if (value == None.NONE) {
            return null;
        }
        throw JinjaException.type(
                "tzinfo argument must be None or of a tzinfo subclass, not type '" + Values.typeName(value) + "'");
    }

    private static Instant instant(Object timestamp) {
        if (!Numbers.isNumber(timestamp)) {
            throw JinjaException.type("a number is required, not " + Values.typeName(timestamp));
        }
        BigDecimal seconds = BigDecimal.valueOf(Numbers.toDouble(timestamp));
        long whole = seconds.setScale(0, RoundingMode.FLOOR).longValue();
        long nanos =
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole, nanos);
    }

    private static Object combine(Arguments a) {
        if (a.get(0) instanceof Day day && a.get(1) instanceof ClockTime time) {
            return new Moment(LocalDateTime.of(day.value(), time.value()), zone(a.get(2)));
        }
        throw JinjaException.type("combine() needs a date and a time");
    }

    private static Object timezone(Arguments a) {
        if (!(a.get(0) instanceof Delta delta)) {
            throw JinjaException.type("timezone() argument 1 must be datetime.timedelta");
        }
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((int) (delta.micros() / 1_000_000L));
        return a.isNone(1) ? fixed(offset) : new Zone(offset, a.string(1));
    }

    static Zone fixed(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? Zone.UTC : new Zone(offset, "UTC" + Strftime.offset(offset, ":"));
    }

    private static Moment iso(String text) {
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            throw JinjaException.value("Invalid isoformat string: '" + text + "'");
        }
        String fraction = matcher.group(5) == null ? "0" : (matcher.group(5) + "000000").substring(0, 6);
        LocalTime time = ClockTime.of(
                number(matcher.group(2)), number(matcher.group(3)), number(matcher.group(4)), number(fraction));
        try {
            String offset = matcher.group(6);
            Zone zone = offset == null ? null : fixed(ZoneOffset.of(offset));
            return new Moment(LocalDateTime.of(Day.parse(matcher.group(1)).value(), time), zone);
        } catch (DateTimeException e) {
            throw new JinjaException(JinjaException.Kind.VALUE, "Invalid isoformat string: '" + text + "'", null, e);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
