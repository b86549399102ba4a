package dev.millrace.events.internal.land;

/**
 * Dates and times as ISO 8601 and Python's {@code isoformat} write them, read from bytes. Digits beyond microseconds
 * are cut off. Used by one thread.
 */
final class TimeText {
    static final long INVALID = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;
    private static final long DAY = 86_400 * MICROS;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private boolean wrong;

    /** Days since 1970-01-01. */
    long date(byte[] source, int from, int to) {
        begin(source, from, to);
        long days = day();
        return wrong || at != end ? INVALID : days;
    }

    /** Microseconds since midnight. */
    long time(byte[] source, int from, int to) {
        begin(source, from, to);
        long micros = timeOfDay();
        return wrong || at != end ? INVALID : micros;
    }

    /**
     * Microseconds since 1970-01-01T00:00 (UTC); a text without a zone means UTC.
     *
     * @param zoned whether the text may name a zone
     */
    long timestamp(byte[] source, int from, int to, boolean zoned) {
        begin(source, from, to);
        long micros = day() * DAY;
        if (at < end) {
            int separator = bytes[at++];
            wrong |= separator != 'T' && separator != 't' && separator != ' ';
            micros += timeOfDay();
        }
        if (at < end && zoned) {
            micros -= zone();
        }
        return wrong || at != end ? INVALID : micros;
    }

    private void begin(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        wrong = false;
    }

    private long day() {
        int year = number(4);
        expect('-');
        int month = number(2);
        expect('-');
        int day = number(2);
        if (wrong || month < 1 || month > 12 || day < 1 || day > length(year, month)) {
            wrong = true;
            return 0;
        }
        // Counted from March, so that the leap day comes last.
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int ofEra = shifted - era * 400;
        int ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097L + ofEra * 365L + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private static int length(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private long timeOfDay() {
        int hour = number(2);
        expect(':');
        int minute = number(2);
        int second = 0;
        long fraction = 0;
        if (at < end && bytes[at] == ':') {
            at++;
            second = number(2);
            if (at < end && (bytes[at] == '.' || bytes[at] == ',')) {
                at++;
                fraction = fraction();
            }
        }
        wrong |= hour > 23 || minute > 59 || second > 59;
        return ((hour * 60L + minute) * 60 + second) * MICROS + fraction;
    }

    private long fraction() {
        long unit = MICROS / 10;
        long micros = 0;
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            micros += (bytes[at] - '0') * unit;
            unit /= 10;
            at++;
        }
        wrong |= at == first;
        return micros;
    }

    private long zone() {
        int sign = bytes[at++];
        if (sign == 'Z' || sign == 'z') {
            return 0;
        }
        wrong |= sign != '+' && sign != '-';
        long seconds = number(2) * 3600L;
        if (at < end) {
            if (bytes[at] == ':') {
                at++;
            }
            seconds += number(2) * 60L;
        }
        return (sign == '-' ? -seconds : seconds) * MICROS;
    }

    private int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < end ? bytes[at] - '0' : -1;
            if (digit < 0 || digit > 9) {
                wrong = true;
                return 0;
            }
            value = value * 10 + digit;
            at++;
        }
        return value;
    }

    private void expect(char wanted) {
        if (at < end && bytes[at] == wanted) {
            at++;
        } else {
            wrong = true;
        }
    }
}
