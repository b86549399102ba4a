package dev.millrace.jinja.internal.modules;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.internal.value.Repr;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code strptime}. */
final class Strptime {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> FULL_MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");
    private static final String DAYS = "mon|tue|wed|thu|fri|sat|sun";
    private static final String FULL_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";

    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private int micro;
    private boolean afternoon;
    private boolean twelveHours;
    private @Nullable Zone zone;

    static Moment parse(String text, String format) {
        return new Strptime().read(text, format);
    }

    private Moment read(String text, String format) {
        List<Character> codes = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern(format, codes), Pattern.CASE_INSENSITIVE)
                .matcher(text);
        if (!matcher.lookingAt()) {
            throw JinjaException.value("time data " + Repr.repr(text) + " does not match format " + Repr.repr(format));
        } else if (matcher.end() != text.length()) {
            throw JinjaException.value("unconverted data remains: " + text.substring(matcher.end()));
        }
        for (int i = 0; i < codes.size(); i++) {
            set(codes.get(i), matcher.group(i + 1).toLowerCase(Locale.ROOT));
        }
        LocalDate date = dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : Day.date(year, month, day);
        int hours = twelveHours ? hour % 12 + (afternoon ? 12 : 0) : hour;
        return new Moment(LocalDateTime.of(date, ClockTime.of(hours, minute, second, micro)), zone);
    }

    private static String pattern(String format, List<Character> codes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (Character.isWhitespace(c)) {
                out.append("\\s+");
            } else if (c != '%' || i + 1 == format.length()) {
                out.append(Pattern.quote(String.valueOf(c)));
            } else {
                directive(format.charAt(++i), format, codes, out);
            }
        }
        return out.toString();
    }

    private static void directive(char code, String format, List<Character> codes, StringBuilder out) {
        String compound = switch (code) {
            case 'c' -> "%a %b %d %H:%M:%S %Y";
            case 'x', 'D' -> "%m/%d/%y";
            case 'X', 'T' -> "%H:%M:%S";
            case 'F' -> "%Y-%m-%d";
            case 'R' -> "%H:%M";
            default -> "";
        };
        if (!compound.isEmpty()) {
            out.append(pattern(compound, codes));
            return;
        } else if (code == '%') {
            out.append('%');
            return;
        }
        String part = switch (code) {
            case 'Y' -> "\\d{4}";
            case 'm' -> "1[0-2]|0[1-9]|[1-9]";
            case 'd' -> "3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]";
            case 'y' -> "\\d\\d";
            case 'H' -> "2[0-3]|[01]\\d|\\d";
            case 'I' -> "1[0-2]|0[1-9]|[1-9]";
            case 'M' -> "[0-5]\\d|\\d";
            case 'S' -> "6[01]|[0-5]\\d|\\d";
            case 'f' -> "\\d{1,6}";
            case 'j' -> "36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]";
            case 'p' -> "am|pm";
            case 'b', 'h' -> String.join("|", MONTHS);
            case 'B' -> String.join("|", FULL_MONTHS);
            case 'a' -> DAYS;
            case 'A' -> FULL_DAYS;
            case 'w', 'u' -> "[0-7]";
            case 'z' -> "[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d)?|z";
            case 'Z' -> "utc|gmt";
            default -> throw JinjaException.value("'" + code + "' is a bad directive in format " + Repr.repr(format));
        };
        codes.add(code);
        out.append('(').append(part).append(')');
    }

    private void set(char code, String text) {
        switch (code) {
            case 'Y' -> year = Integer.parseInt(text);
            case 'y' -> year = Integer.parseInt(text) + (Integer.parseInt(text) <= 68 ? 2000 : 1900);
            case 'm' -> month = Integer.parseInt(text);
            case 'd' -> day = Integer.parseInt(text.strip());
            case 'j' -> dayOfYear = Integer.parseInt(text);
            case 'b', 'h' -> month = MONTHS.indexOf(text) + 1;
            case 'B' -> month = FULL_MONTHS.indexOf(text) + 1;
            case 'H' -> hour = Integer.parseInt(text);
            case 'I' -> {
                hour = Integer.parseInt(text);
                twelveHours = true;
            }
            case 'p' -> afternoon = text.equals("pm");
            case 'M' -> minute = Integer.parseInt(text);
            case 'S' -> second = Integer.parseInt(text);
            case 'f' -> micro = Integer.parseInt((text + "000000").substring(0, 6));
            case 'z' -> zone = text.equals("z") ? Zone.UTC : fixed(text);
            default -> {}
        }
    }

    private static Zone fixed(String text) {
        String digits = text.replace(":", "");
        int sign = digits.startsWith("-") ? -1 : 1;
        int hours = Integer.parseInt(digits.substring(1, 3));
        int minutes = Integer.parseInt(digits.substring(3, 5));
        return DatetimeModule.fixed(ZoneOffset.ofTotalSeconds(sign * (hours * 3600 + minutes * 60)));
    }
}
