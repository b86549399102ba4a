package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Values;
import dev.millrace.jinja.internal.library.BoundMethod;
import dev.millrace.jinja.internal.library.Method;
import dev.millrace.jinja.internal.library.MethodTable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * A time zone, of {@code datetime.timezone} or of {@code pytz}.
 *
 * @param shown how it prints
 */
record Zone(ZoneId id, String shown) implements JinjaObject {
    static final Zone UTC = new Zone(ZoneOffset.UTC, "UTC");

    private static final Map<String, Method> METHODS = new MethodTable<>(Zone.class)
            .add("localize", "dt, is_dst=False", (self, a) -> naive(a.get(0)).in(self))
            .add("normalize", "dt, is_dst=False", (self, a) -> moment(a.get(0)).to(self))
            .add("fromutc", "dt", (self, a) -> new Moment(moment(a.get(0)).local(), UTC).to(self))
            .add(
                    "utcoffset",
                    "dt",
                    (self, a) -> delta(self.offset(moment(a.get(0)).local())))
            .add("tzname", "dt", (self, a) -> self.name(moment(a.get(0)).local()))
            .build();

    private static Moment moment(Object value) {
        if (value instanceof Moment moment) {
            return moment;
        }
        throw JinjaException.type("expected a datetime, not " + Values.typeName(value));
    }

    private static Moment naive(Object value) {
        if (moment(value).zone() != null) {
            throw JinjaException.value("Not naive datetime (tzinfo is already set)");
        }
        return moment(value);
    }

    ZoneOffset offset(LocalDateTime local) {
        return id.getRules().getOffset(local);
    }

    /** The abbreviation in force, as {@code %Z} writes it. */
    String name(LocalDateTime local) {
        if (id instanceof ZoneOffset) {
            return shown;
        }
        boolean summer = id.getRules().isDaylightSavings(local.toInstant(offset(local)));
        return TimeZone.getTimeZone(id).getDisplayName(summer, TimeZone.SHORT, Locale.ROOT);
    }

    static Delta delta(ZoneOffset offset) {
        return new Delta(offset.getTotalSeconds() * 1_000_000L);
    }

    @Override
    public Object attribute(String name) {
        if (name.equals("zone")) {
            return shown;
        }
        Method method = METHODS.get(name);
        return method == null ? missing(name) : new BoundMethod(this, name, method);
    }

    @Override
    public String display() {
        return shown;
    }

    @Override
    public String representation() {
        return shown.equals("UTC") ? "<UTC>" : "<DstTzInfo '" + shown + "'>";
    }

    @Override
    public String typeName() {
        return "tzinfo";
    }
}
