package dev.millrace.transform.internal.seed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the type of a seed's column as dbt does: the first of number, date, timestamp and boolean that all its values
 * are, else text. Numbers without a fraction are integers, wide enough for all of them.
 */
final class ColumnType {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIMESTAMP = Pattern.compile("(\\d{4}-\\d{1,2}-\\d{1,2}) (\\d{1,2}:\\d{1,2}:\\d{1,2})");
    private static final Pattern ISO_TIMESTAMP =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}(:\\d{2}([.,]\\d+)?)?)(Z|[-+]\\d{2}(:?\\d{2})?)?");
    private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

    private boolean number = true;
    private boolean date = true;
    private boolean timestamp = true;
    private boolean bool = true;
    private boolean fraction;
    private BigInteger least = BigInteger.ZERO;
    private BigInteger greatest = BigInteger.ZERO;

    private ColumnType() {}

    /** The name of the type in DuckDB. */
    static String of(List<List<String>> rows, int column) {
        ColumnType type = new ColumnType();
        for (List<String> row : rows) {
            if (column < row.size()) {
                type.see(row.get(column).strip());
            }
        }
        return type.name();
    }

    private void see(String value) {
        if (isNull(value)) {
            return;
        }
        number = number && isNumber(value);
        date = date && DATE.matcher(value).matches() && isDate(value);
        timestamp = timestamp && isTimestamp(value);
        bool = bool && (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"));
    }

    static boolean isNull(String value) {
        return value.isEmpty() || value.toLowerCase(Locale.ROOT).equals("null");
    }

    private boolean isNumber(String value) {
        if (!NUMBER.matcher(value).matches()) {
            return false;
        }
        BigDecimal parsed = new BigDecimal(value);
        if (parsed.signum() != 0 && parsed.stripTrailingZeros().scale() > 0) {
            fraction = true;
        } else {
            BigInteger whole = parsed.toBigInteger();
            least = least.min(whole);
            greatest = greatest.max(whole);
        }
        return true;
    }

    private static boolean isDate(String value) {
        Matcher parts = DATE.matcher(value);
        if (!parts.matches()) {
            return false;
        }
        try {
            LocalDate.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isTimestamp(String value) {
        Matcher plain = TIMESTAMP.matcher(value);
        if (plain.matches()) {
            return isDate(plain.group(1)) && isTime(plain.group(2));
        }
        Matcher iso = ISO_TIMESTAMP.matcher(value);
        return iso.matches() && isDate(iso.group(1));
    }

    private static boolean isTime(String value) {
        String[] parts = value.split(":");
        try {
            LocalTime.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String name() {
        if (number) {
            return fraction ? "DOUBLE" : integer();
        }
        if (date) {
            return "DATE";
        }
        if (timestamp) {
            return "TIMESTAMP";
        }
        return bool ? "BOOLEAN" : "VARCHAR";
    }

    private String integer() {
        if (least.compareTo(INT_MIN) >= 0 && greatest.compareTo(INT_MAX) <= 0) {
            return "INTEGER";
        }
        return least.bitLength() < Long.SIZE && greatest.bitLength() < Long.SIZE ? "BIGINT" : "HUGEINT";
    }
}
