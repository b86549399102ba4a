package dev.millrace.core.yaml;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns plain scalars into values by the rules of YAML 1.1 (yaml.org/type). */
final class YamlScalars {
    private static final Pattern TIMESTAMP = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:(?:[Tt]|[ \\t]+)(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d*))?"
            + "(?:[ \\t]*(Z|([-+])(\\d{1,2})(?::?(\\d{2}))?))?)?");

    /** Python's own limit: reading longer ones takes the square of their length. */
    private static final int MAX_DIGITS = 4300;

    private YamlScalars() {}

    /** @throws NumberFormatException for what is tagged as a number, and is none or a very long one */
    static @Nullable Object resolve(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "true", "on" -> true;
                default -> false;
            };
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return floating(text);
        }
        if (tag.equals(Tag.TIMESTAMP)) {
            return timestamp(text);
        }
        return text;
    }

    private static Object integer(String written) {
        String text = written.replace("_", "");
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.length() > MAX_DIGITS) {
            throw new NumberFormatException("more than " + MAX_DIGITS + " digits");
        }
        BigInteger value;
        if (digits.startsWith("0b")) {
            value = new BigInteger(digits.substring(2), 2);
        } else if (digits.startsWith("0x")) {
            value = new BigInteger(digits.substring(2), 16);
        } else if (digits.indexOf(':') > 0) {
            value = BigInteger.ZERO;
            for (String part : digits.split(":")) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            value = new BigInteger(digits, 8);
        } else {
            value = new BigInteger(digits);
        }
        value = negative ? value.negate() : value;
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static Object floating(String written) {
        String text = written.replace("_", "").toLowerCase(Locale.ROOT);
        if (text.endsWith(".inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (text.equals(".nan")) {
            return Double.NaN;
        }
        if (text.indexOf(':') > 0) {
            double value = 0;
            boolean negative = text.startsWith("-");
            for (String part : (negative || text.startsWith("+") ? text.substring(1) : text).split(":")) {
                value = value * 60 + Double.parseDouble(part);
            }
            return negative ? -value : value;
        }
        return Double.parseDouble(text);
    }

    private static Object timestamp(String text) {
        Matcher m = TIMESTAMP.matcher(text);
        if (!m.matches()) {
            return text;
        }
        try {
            LocalDate date = LocalDate.of(
                    Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
            if (m.group(4) == null) {
                return date;
            }
            String fraction = m.group(7) == null ? "" : m.group(7);
            int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
            LocalDateTime time = date.atTime(
                    Integer.parseInt(m.group(4)), Integer.parseInt(m.group(5)), Integer.parseInt(m.group(6)), nanos);
            if (m.group(8) == null) {
                return time;
            }
            if (m.group(8).equals("Z")) {
                return OffsetDateTime.of(time, ZoneOffset.UTC);
            }
            int sign = m.group(9).equals("-") ? -1 : 1;
            int minutes = m.group(11) == null ? 0 : Integer.parseInt(m.group(11));
            return OffsetDateTime.of(
                    time, ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(m.group(10)), sign * minutes));
        } catch (DateTimeException e) {
            return text;
        }
    }
}
