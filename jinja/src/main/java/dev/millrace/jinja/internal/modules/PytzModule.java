package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.internal.value.Repr;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeSet;

/** Python's module {@code pytz}, on Java's time zone data. */
final class PytzModule {
    private PytzModule() {}

    static Map<String, Object> members() {
        PyList names = new PyList(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        return Map.of(
                "timezone",
                Functions.of("timezone", "zone", a -> zone(a.string(0))),
                "FixedOffset",
                Functions.of(
                        "FixedOffset",
                        "offset",
                        a -> DatetimeModule.fixed(ZoneOffset.ofTotalSeconds(a.integer(0) * 60))),
                "utc",
                Zone.UTC,
                "UTC",
                Zone.UTC,
                "all_timezones",
                names,
                "common_timezones",
                names);
    }

    private static Zone zone(String name) {
        try {
            return name.equalsIgnoreCase("UTC") ? Zone.UTC : new Zone(ZoneId.of(name), name);
        } catch (DateTimeException e) {
            throw new JinjaException(JinjaException.Kind.KEY, Repr.repr(name), null, e);
        }
    }
}
