package dev.millrace.jinja.internal.modules;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Python's {@code strftime} in the C locale
 * (docs.python.org/3/library/datetime.html#strftime-and-strptime-format-codes).
 */
record Strftime(LocalDateTime time, @Nullable Zone zone) {
    String format(String pattern) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                out.append(c);
                continue;
            }
            char code = pattern.charAt(++i);
            if (code == '-' && i + 1 < pattern.length()) {
                String padded = directive(pattern.charAt(++i));
                out.append(padded.length() > 1 ? padded.replaceFirst("^[0 ]+(?=.)", "") : padded);
            } else {
                out.append(directive(code));
            }
        }
        return out.toString();
    }

    private String directive(char code) {
        return switch (code) {
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'd' -> two(time.getDayOfMonth());
            case 'e' -> String.format("%2d", time.getDayOfMonth());
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'm' -> two(time.getMonthValue());
            case 'y' -> two(time.getYear() % 100);
            case 'Y' -> String.valueOf(time.getYear());
            case 'C' -> two(time.getYear() / 100);
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'j' -> String.format("%03d", time.getDayOfYear());
            case 'U' -> two(week(DayOfWeek.SUNDAY));
            case 'W' -> two(week(DayOfWeek.MONDAY));
            default -> clock(code);
        };
    }

    private String clock(char code) {
        return switch (code) {
            case 'H' -> two(time.getHour());
            case 'I' -> two((time.getHour() + 11) % 12 + 1);
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'f' -> String.format("%06d", time.getNano() / 1000);
            case 'z' -> zone == null ? "" : offset(zone.offset(time), "");
            case 'Z' -> zone == null ? "" : zone.name(time);
            case 's' -> String.valueOf(time.toEpochSecond(zone == null ? ZoneOffset.UTC : zone.offset(time)));
            case 'c' -> format("%a %b %e %H:%M:%S %Y");
            case 'x', 'D' -> format("%m/%d/%y");
            case 'X', 'T' -> format("%H:%M:%S");
            case 'F' -> format("%Y-%m-%d");
            case 'R' -> format("%H:%M");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    private int week(DayOfWeek first) {
        int weekday = Math.floorMod(time.getDayOfWeek().getValue() - first.getValue(), 7);
        return (time.getDayOfYear() + 6 - weekday) / 7;
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    static String offset(ZoneOffset offset, String separator) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String sign = offset.getTotalSeconds() < 0 ? "-" : "+";
        String tail = seconds % 60 == 0 ? "" : separator + two(seconds % 60);
        return sign + two(seconds / 3600) + separator + two(seconds / 60 % 60) + tail;
    }
}
