package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PythonGlobals;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Days and times as Python's {@code datetime} objects, which is what templates expect of a warehouse's answers. */
public final class PythonTime {
    private static final JinjaObject MODULES =
            (JinjaObject) Objects.requireNonNull(PythonGlobals.asMap().get("modules"));
    private static final JinjaObject DATETIME = (JinjaObject) MODULES.attribute("datetime");
    private static final JinjaObject PYTZ = (JinjaObject) MODULES.attribute("pytz");

    private PythonTime() {}

    public static Object of(LocalDate day) {
        return make("date", (long) day.getYear(), (long) day.getMonthValue(), (long) day.getDayOfMonth());
    }

    public static Object of(LocalTime time) {
        return make(
                "time",
                (long) time.getHour(),
                (long) time.getMinute(),
                (long) time.getSecond(),
                time.getNano() / 1000L);
    }

    public static Object of(LocalDateTime time) {
        return make("datetime", parts(time));
    }

    /** With the time zone UTC. */
    public static Object of(Instant instant) {
        Callable type = (Callable) DATETIME.attribute("datetime");
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return type.call(Call.of(List.of(parts(time)), Map.of("tzinfo", PYTZ.attribute("utc"))));
    }

    private static Object[] parts(LocalDateTime time) {
        return new Object[] {
            (long) time.getYear(),
            (long) time.getMonthValue(),
            (long) time.getDayOfMonth(),
            (long) time.getHour(),
            (long) time.getMinute(),
            (long) time.getSecond(),
            time.getNano() / 1000L
        };
    }

    private static Object make(String type, Object... parts) {
        return ((Callable) DATETIME.attribute(type)).call(Call.of(parts));
    }
}
