package dev.millrace.cdc.internal.source;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which changes of a column's type leave all its values what they are (MySQL manual, "Data Types"). */
final class BinlogTypes {
    private static final Pattern TYPE = Pattern.compile("([A-Z ]+?)( UNSIGNED)?( ZEROFILL)?(\\((\\d+)(,(\\d+))?\\))?");

    /** Each holds all that those before it hold. */
    private static final List<List<String>> GROWING = List.of(
            List.of("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT"),
            List.of("CHAR", "VARCHAR", "TEXT", "MEDIUMTEXT", "LONGTEXT"),
            List.of("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT"),
            List.of("VARBINARY", "BLOB", "MEDIUMBLOB", "LONGBLOB"),
            List.of("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB"));

    private static final List<String> INTEGERS = GROWING.get(0);
    /** Whose values stay if they may be longer. */
    private static final List<String> LENGTHENED =
            List.of("CHAR", "VARCHAR", "VARBINARY", "DECIMAL", "NUMERIC", "DATETIME", "TIMESTAMP", "TIME");

    private BinlogTypes() {}

    private record Declared(String name, boolean unsigned, int length, int scale) {
        static Declared parse(String text) {
            Matcher matcher = TYPE.matcher(text);
            if (!matcher.matches()) {
                return new Declared(text, false, 0, 0);
            }
            String name = matcher.group(1).equals("INTEGER") ? "INT" : matcher.group(1);
            return new Declared(name, matcher.group(2) != null, number(matcher.group(5)), number(matcher.group(7)));
        }

        private static int number(@org.jspecify.annotations.Nullable String digits) {
            return digits == null ? 0 : Integer.parseInt(digits);
        }
    }

    /** @param before as Debezium tells types, such as {@code DECIMAL UNSIGNED(6,2)} */
    static boolean keepsValues(String before, String now) {
        if (before.equals(now)) {
            return true;
        }
        Declared old = Declared.parse(before);
        Declared fresh = Declared.parse(now);
        if (INTEGERS.contains(old.name()) && INTEGERS.contains(fresh.name())) {
            int growth = INTEGERS.indexOf(fresh.name()) - INTEGERS.indexOf(old.name());
            return old.unsigned() == fresh.unsigned() ? growth >= 0 : old.unsigned() && growth > 0;
        }
        if (old.name().equals(fresh.name())) {
            // The values of an ENUM or SET are kept by their names.
            boolean named = old.name().equals("ENUM") || old.name().equals("SET");
            return named
                    || (LENGTHENED.contains(old.name())
                            && old.unsigned() == fresh.unsigned()
                            && fresh.scale() >= old.scale()
                            && fresh.length() - fresh.scale() >= old.length() - old.scale());
        }
        return GROWING.stream()
                .anyMatch(family ->
                        family.contains(old.name()) && family.indexOf(fresh.name()) > family.indexOf(old.name()));
    }
}
