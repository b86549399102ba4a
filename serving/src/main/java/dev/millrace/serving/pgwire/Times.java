package dev.millrace.serving.pgwire;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/** Dates and times as PostgreSQL writes them: ISO, and binary counted from the year 2000. */
final class Times {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final LocalDateTime EPOCH_TIME = EPOCH.atStartOfDay();
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;

    private Times() {}

    static String text(LocalDate date) {
        int year = date.getYear();
        String era = year < 1 ? " BC" : "";
        return pad(year < 1 ? 1 - year : year, 4) + "-" + pad(date.getMonthValue(), 2) + "-"
                + pad(date.getDayOfMonth(), 2) + era;
    }

    static String text(LocalTime time) {
        String text = pad(time.getHour(), 2) + ":" + pad(time.getMinute(), 2) + ":" + pad(time.getSecond(), 2);
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        return micros == 0 ? text : text + "." + pad(micros, 6).replaceAll("0+$", "");
    }

    static String text(LocalDateTime time) {
        String date = text(time.toLocalDate());
        return date.endsWith(" BC")
                ? date.substring(0, date.length() - 3) + " " + text(time.toLocalTime()) + " BC"
                : date + " " + text(time.toLocalTime());
    }

    static String text(OffsetDateTime instant, ZoneId zone) {
        OffsetDateTime there = instant.atZoneSameInstant(zone).toOffsetDateTime();
        int seconds = there.getOffset().getTotalSeconds();
        int rest = Math.abs(seconds);
        StringBuilder offset = new StringBuilder(seconds < 0 ? "-" : "+").append(pad(rest / 3600, 2));
        if (rest % 3600 != 0) {
            offset.append(':').append(pad(rest / 60 % 60, 2));
        }
        if (rest % 60 != 0) {
            offset.append(':').append(pad(rest % 60, 2));
        }
        String text = text(there.toLocalDateTime());
        return text.endsWith(" BC") ? text.substring(0, text.length() - 3) + offset + " BC" : text + offset;
    }

    private static String pad(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    static int days(LocalDate date) {
        return (int) ChronoUnit.DAYS.between(EPOCH, date);
    }

    static long micros(LocalTime time) {
        return time.getLong(ChronoField.MICRO_OF_DAY);
    }

    static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH_TIME, time);
    }

    static long micros(OffsetDateTime instant) {
        return micros(instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }

    static LocalDate date(int days) {
        return EPOCH.plusDays(days);
    }

    static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(Math.floorMod(micros, MICROS_PER_DAY) * 1000);
    }

    static LocalDateTime timestamp(long micros) {
        return EPOCH_TIME.plus(micros, ChronoUnit.MICROS);
    }
}
